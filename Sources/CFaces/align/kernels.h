// What cutting a chip does per pixel, compiled for each processor from the same text (kernels.inc).
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall {

/// Three bytes a pixel, `stride` bytes from one row to the next.
struct rgb_image {
    const uint8_t *pixels;
    int width, height;
    size_t stride;
};

/// x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5].
struct affine {
    double m[6];
};

struct chip_kernels {
    /// dlib's pyramid_down<2>: (width - 3) / 2 x (height - 3) / 2 pixels, each a binomial mean of 5 x 5.
    /// `sums`: room for a row of the image; `bytes`: as much.
    void (*halve)(const rgb_image &from, uint16_t *sums, uint8_t *bytes, uint8_t *to);

    /// The chip's pixels, each bilinearly from where `map` puts it; black where that is outside.
    void (*interpolate)(const rgb_image &from, const affine &map, uint8_t *chip);
};

namespace base { extern const chip_kernels align_kernels; }
#if defined(__x86_64__)
namespace avx2 { extern const chip_kernels align_kernels; }
#endif

}  // namespace rollcall
