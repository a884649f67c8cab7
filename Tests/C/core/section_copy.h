// A section of the pack alone in memory, where a test can change it and AddressSanitizer sees what is read beyond it.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "../../../Sources/CFaces/pack/section.h"

namespace rollcall {

/// Aligned as in the pack, and not a byte longer.
struct section_copy {
    explicit section_copy(section from) : size(from.size) {
        void *memory = nullptr;
        if (posix_memalign(&memory, 4096, size) != 0) throw std::bad_alloc();
        bytes = static_cast<uint8_t *>(memory);
        std::memcpy(bytes, from.bytes, size);
    }
    ~section_copy() { std::free(bytes); }
    section_copy(const section_copy &) = delete;
    section_copy &operator=(const section_copy &) = delete;

    section view() const { return {bytes, size}; }

    uint8_t *bytes = nullptr;
    size_t size;
};

}  // namespace rollcall
