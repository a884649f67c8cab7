// Cuts the chip out of an image: dlib's extract_image_chip with its bilinear interpolation, byte for byte.
#pragma once

#include <cstdint>
#include <vector>

#include "../luma.h"
#include "../simd/processor.h"
#include "chip.h"
#include "kernels.h"

namespace rollcall {

/// Single-threaded; keeps its buffers, so that another chip of the same size allocates nothing.
class chip_cutter {
public:
    explicit chip_cutter(isa processor);

    /// `rgb` holds `region` of the image, 3 bytes a pixel, without padding between rows. What lies beyond it is black.
    /// `out`: 150 x 150 x 3 bytes.
    void cut(const uint8_t *rgb, const rectangle &region, const chip &where, uint8_t *out);

private:
    rgb_image halved(const rgb_image &from, std::vector<uint8_t> &into);

    const chip_kernels *kernels_;
    std::vector<uint8_t> levels_[2];  ///< of the pyramid, one after the other in turns
    std::vector<uint16_t> sums_;
    std::vector<uint8_t> bytes_;
};

}  // namespace rollcall
