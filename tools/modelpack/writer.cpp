#include "writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "../../Sources/CFaces/pack/format.h"

namespace modelpack {

namespace {

using namespace rollcall::pack_format;

/// Little-endian, whatever the machine.
void put(std::vector<uint8_t> &bytes, size_t at, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

size_t whole_pages(size_t size) { return (size + page - 1) / page * page; }

void stop(const std::string &path, const char *what) {
    throw std::runtime_error(path + " cannot be " + what + ": " + std::generic_category().message(errno));
}

void write_all(int file, const std::string &path, const std::vector<uint8_t> &bytes) {
    for (size_t done = 0; done < bytes.size();) {
        const ssize_t wrote = write(file, bytes.data() + done, bytes.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) stop(path, "written");
        done += static_cast<size_t>(wrote);
    }
    // On the disk before it has its name: after a loss of power there is no pack of zeros.
    if (fchmod(file, 0644) != 0 || fsync(file) != 0) stop(path, "written");
}

}  // namespace

std::vector<uint8_t> pack_of(const sections &parts) {
    if (parts.size() > most_sections) throw std::runtime_error("there are more sections than the table holds");
    size_t size = page;
    for (const auto &part : parts) size += whole_pages(part.second.size());
    std::vector<uint8_t> bytes(size);
    std::memcpy(bytes.data(), magic, sizeof magic);
    put(bytes, version_at, version, 4);
    put(bytes, count_at, parts.size(), 4);
    put(bytes, size_at, size, 8);
    size_t entry = table_at, offset = page;
    for (const auto &[name, section] : parts) {
        if (name.size() >= name_bytes) throw std::runtime_error("the name " + name + " is too long");
        std::memcpy(&bytes[entry], name.data(), name.size());
        put(bytes, entry + name_bytes, offset, 8);
        put(bytes, entry + name_bytes + 8, section.size(), 8);
        if (!section.empty()) std::memcpy(&bytes[offset], section.data(), section.size());
        entry += entry_bytes, offset += whole_pages(section.size());
    }
    XXH128_canonical_t checksum;
    XXH128_canonicalFromHash(&checksum, XXH3_128bits(bytes.data(), bytes.size()));
    std::memcpy(&bytes[checksum_at], checksum.digest, checksum_bytes);
    return bytes;
}

void replace_file(const std::string &path, const std::vector<uint8_t> &bytes) {
    std::string part = path + ".XXXXXX";
    const int file = mkostemp(part.data(), O_CLOEXEC);
    if (file < 0) stop(part, "made");
    try {
        write_all(file, part, bytes);
        if (rename(part.c_str(), path.c_str()) != 0) stop(path, "replaced");
    } catch (...) {
        unlink(part.c_str());
        close(file);
        throw;
    }
    close(file);
}

}  // namespace modelpack
