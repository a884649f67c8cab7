// sources: Sources/CFaces/*/*.cpp | libs: -lxxhash | seeds: pack
// Any file as a pack of models, as it is and with a header and checksum that are right, so that the table behind them is
// reached; and any bytes as a section. They are refused or read within their bounds.
#include <sys/mman.h>
#include <unistd.h>
#include <xxhash.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../Sources/CFaces/describe/network.h"
#include "../../Sources/CFaces/detect/detector.h"
#include "../../Sources/CFaces/landmarks/predictor.h"
#include "../../Sources/CFaces/pack/format.h"
#include "../../Sources/CFaces/pack/pack.h"

namespace {

using namespace rollcall::pack_format;

/// Opens the bytes as a file without a name, and reads every section.
void open_as_file(const std::vector<uint8_t> &bytes) {
    const int file = memfd_create("pack", 0);
    if (file < 0 || write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
    try {
        const rollcall::pack pack(("/proc/self/fd/" + std::to_string(file)).c_str());
        volatile uint8_t seen = 0;
        for (const char *name : {"detector", "landmarks", "network32", "network16"})
            try {
                const rollcall::section section = pack.find(name);
                for (size_t i = 0; i < section.size; ++i) seen = seen + section.bytes[i];
            } catch (const std::runtime_error &) {
            }
    } catch (const std::runtime_error &) {
    }
    close(file);
}

/// A file of two pages with this header, in which all is right but the table.
std::vector<uint8_t> mended(std::vector<uint8_t> bytes) {
    bytes.resize(2 * page);
    const uint64_t size = bytes.size();
    std::memcpy(&bytes[0], magic, sizeof magic);
    std::memcpy(&bytes[version_at], &version, 4);
    std::memcpy(&bytes[size_at], &size, 8);
    std::memset(&bytes[checksum_at], 0, checksum_bytes);
    XXH128_canonical_t checksum;
    XXH128_canonicalFromHash(&checksum, XXH3_128bits(bytes.data(), bytes.size()));
    std::memcpy(&bytes[checksum_at], checksum.digest, checksum_bytes);
    return bytes;
}

/// Makes a stage of the bytes as its section, which begins at a page as in a pack and has not a byte more.
template <typename Stage>
void make_stage(const std::vector<uint8_t> &bytes) {
    void *copy = nullptr;
    if (posix_memalign(&copy, page, bytes.size()) != 0) std::abort();
    const std::unique_ptr<void, decltype(&std::free)> owner(copy, std::free);
    if (!bytes.empty()) std::memcpy(copy, bytes.data(), bytes.size());
    try {
        Stage({static_cast<const uint8_t *>(copy), bytes.size()}, rollcall::widest_isa());
    } catch (const std::runtime_error &) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size == 0) return 0;
    const std::vector<uint8_t> rest(bytes + 1, bytes + size);
    switch (bytes[0] % 5) {
    case 0: open_as_file(rest); break;
    case 1: open_as_file(mended(rest)); break;
    case 2: make_stage<rollcall::detector>(rest); break;
    case 3: make_stage<rollcall::predictor>(rest); break;
    case 4: make_stage<rollcall::network>(rest); break;
    }
    return 0;
}
