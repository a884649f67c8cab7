#include "pack.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

#include "format.h"

namespace rollcall {

namespace {

using namespace pack_format;

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the sections are used as they lie in the file, which is little-endian"
#endif

template <typename Number>
Number number(const uint8_t *from) {
    Number value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

[[noreturn]] void refuse(const std::string &why) { throw std::runtime_error(why); }
[[noreturn]] void refuse_system_error() { refuse(std::generic_category().message(errno)); }

struct descriptor {
    int number;
    ~descriptor() {
        if (number >= 0) close(number);
    }
};

/// Reads `size` bytes at `offset`.
void read_at(int file, uint8_t *to, size_t size, size_t offset) {
    while (size > 0) {
        const ssize_t got = pread(file, to, size, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) refuse_system_error();
        if (got == 0) refuse("it became shorter while it was read");
        to += got, size -= static_cast<size_t>(got), offset += static_cast<size_t>(got);
    }
}

/// XXH3-128 of the file. It is read and not looked at through the mapping, which would take two thirds of the time: a bad
/// sector or a file that shrinks meanwhile is an error here and a SIGBUS there, and pages that were only checked never
/// count as the process's memory.
XXH128_canonical_t checksum_of(int file, size_t size) {
    std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t *)> state(XXH3_createState(), XXH3_freeState);
    if (!state) throw std::bad_alloc();
    XXH3_128bits_reset(state.get());
    std::vector<uint8_t> buffer(128 * 1024);
    for (size_t offset = 0; offset < size;) {
        const size_t part = std::min(buffer.size(), size - offset);
        read_at(file, buffer.data(), part, offset);
        if (offset == 0) std::memset(buffer.data() + checksum_at, 0, checksum_bytes);
        XXH3_128bits_update(state.get(), buffer.data(), part);
        offset += part;
    }
    XXH128_canonical_t checksum;
    XXH128_canonicalFromHash(&checksum, XXH3_128bits_digest(state.get()));
    return checksum;
}

std::string hexadecimal(const uint8_t *bytes, size_t size) {
    std::string text;
    for (size_t i = 0; i < size; ++i) text += "0123456789abcdef"[bytes[i] >> 4], text += "0123456789abcdef"[bytes[i] & 15];
    return text;
}

/// Magic, version and size: what says in a word that this is another file, before all of it is read.
void check_header(const uint8_t *header, size_t size) {
    if (std::memcmp(header, magic, sizeof magic) != 0) refuse("it is not a pack of Rollcall's models");
    const auto found = number<uint32_t>(header + version_at);
    if (found != version)
        refuse(std::string("it is of version ") + std::to_string(found) + ", " + (found < version ? "older" : "newer") +
               " than this program's, which is " + std::to_string(version));
    const auto whole = number<uint64_t>(header + size_at);
    if (size < whole)
        refuse("it is cut off: it has " + std::to_string(size) + " of " + std::to_string(whole) + " bytes");
    if (size > whole)
        refuse("it has " + std::to_string(size) + " bytes, more than the " + std::to_string(whole) + " it was made with");
}

/// The sections, none of which reaches beyond the file: the checksum says only that the file is as it was written.
std::vector<pack::entry> table_of(const uint8_t *header, size_t size) {
    const auto count = number<uint32_t>(header + count_at);
    if (count > most_sections) refuse("its table of sections is longer than its place");
    std::vector<pack::entry> table;
    for (uint32_t i = 0; i < count; ++i) {
        const uint8_t *entry = header + table_at + i * entry_bytes;
        const auto offset = number<uint64_t>(entry + name_bytes), length = number<uint64_t>(entry + name_bytes + 8);
        if (entry[name_bytes - 1] != 0 || offset % page != 0 || offset < page || offset > size || length > size - offset)
            refuse("section " + std::to_string(i + 1) + " of its table cannot be");
        table.push_back({reinterpret_cast<const char *>(entry), static_cast<size_t>(offset), static_cast<size_t>(length)});
    }
    return table;
}

}  // namespace

pack::pack(const char *path) {
    // Not to wait for a writer where somebody put a FIFO.
    const descriptor file{open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.number < 0) refuse_system_error();
    struct stat facts;
    if (fstat(file.number, &facts) != 0) refuse_system_error();
    if (S_ISDIR(facts.st_mode)) refuse("it is a folder");
    if (!S_ISREG(facts.st_mode)) refuse("it is not an ordinary file");
    if (facts.st_size == 0) refuse("it is empty");
    const auto size = static_cast<size_t>(facts.st_size);

    uint8_t header[page] = {};
    read_at(file.number, header, std::min(size, page), 0);
    check_header(header, size);
    if (size < page) refuse("it is shorter than its header");
    if (std::memcmp(checksum_of(file.number, size).digest, header + checksum_at, checksum_bytes) != 0)
        refuse("it was altered or damaged: its checksum is wrong");
    table_ = table_of(header, size);
    version_ = number<uint32_t>(header + version_at);
    checksum_ = hexadecimal(header + checksum_at, checksum_bytes);
    size_ = size;

    void *mapped = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number, 0);
    if (mapped == MAP_FAILED) refuse_system_error();
    bytes_ = static_cast<const uint8_t *>(mapped);
}

pack::~pack() { munmap(const_cast<uint8_t *>(bytes_), size_); }

section pack::find(const char *name) const {
    for (const entry &each : table_)
        if (each.name == name) return {bytes_ + each.offset, each.size};
    refuse(std::string("it has no section ") + name);
}

}  // namespace rollcall
