#pragma once

#include <cstdint>

namespace rollcall {

/// Eight-bit luma that is not ours: `stride` bytes from one row to the next.
struct luma {
    const uint8_t *pixels;
    int width, height, stride;
};

/// Pixels; all four sides belong to it. Empty when right < left.
struct rectangle {
    int left = 0, top = 0, right = -1, bottom = -1;
    bool is_empty() const { return right < left || bottom < top; }
};

}  // namespace rollcall
