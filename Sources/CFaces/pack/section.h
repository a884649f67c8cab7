#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall {

/// One model inside the mapped pack: read-only, at a multiple of 4096 bytes.
struct section {
    const uint8_t *bytes;
    size_t size;
};

}  // namespace rollcall
