#pragma once

#include <cstddef>
#include <cstdint>

namespace haar {

/// The running sums of an image (Viola & Jones, section 2.1), each of height + 1 rows and width + 1 columns, `stride`
/// numbers from one row to the next. They wrap around at 32 bits, which differences of four do not notice.
struct integrals {
    uint32_t *sums;     ///< of the pixels above and to the left of (x, y)
    uint32_t *squares;  ///< of their squares
    uint32_t *tilted;   ///< of the pixels in the triangle above (x, y), 45 degrees to each side; NULL if not wanted
    size_t stride;
};

/// Fills them from `width` x `height` pixels without padding.
void integrate(const uint8_t *pixels, int width, int height, const integrals &out);

}  // namespace haar
