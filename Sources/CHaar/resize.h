#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace haar {

/// Eight-bit luma with `stride` bytes from one row to the next.
struct luma {
    const uint8_t *pixels;
    int width, height, stride;
};

/// Makes images smaller as OpenCV's INTER_LINEAR_EXACT does: bilinear between two columns and two rows, without
/// smoothing, weights in 1/256, 8.8 bits between the passes, rounded once at the end. Its buffers grow and never
/// shrink.
class resizer {
public:
    void reserve(int width, int height);

    /// Writes `width` x `height` bytes, row by row without padding. Neither is larger than the image's.
    void run(const luma &image, uint8_t *out, int width, int height);

private:
    /// Of one column or row: the first of the two it lies between, and the weight of the second in 1/256.
    struct tap {
        int32_t first;
        uint32_t weight;
    };

    static void place(std::vector<tap> &taps, int from, int to);
    const uint16_t *row(const luma &image, int y, int keep, int width);

    std::vector<tap> columns_, rows_;
    std::vector<uint16_t> lines_[2];  // two rows of the image, at the new width
    int held_[2] = {-1, -1};          // which
};

}  // namespace haar
