#include "resize.h"

#include <cmath>
#include <cstring>

namespace haar {

void resizer::reserve(int width, int height) {
    if (columns_.size() < size_t(width)) {
        columns_.resize(width);
        for (auto &line : lines_) line.resize(width);
    }
    if (rows_.size() < size_t(height)) rows_.resize(height);
}

/// Pixel centres are mapped in double precision. Beyond the centres at the ends stands the end's own pixel.
void resizer::place(std::vector<tap> &taps, int from, int to) {
    // OpenCV divides twice; once would round differently.
    const double scale = 1 / (double(to) / from);
    for (int i = 0; i < to; ++i) {
        const double centre = scale * (i + 0.5) - 0.5;
        const int first = int(std::floor(centre));
        if (first < 0) {
            taps[i] = {0, 0};
        } else if (first >= from - 1) {
            taps[i] = {from - 2, 256};
        } else {
            taps[i] = {first, uint32_t(std::lrint((centre - first) * 256))};
        }
    }
}

/// Row `y` of the image at the new width; the row `keep` stays.
const uint16_t *resizer::row(const luma &image, int y, int keep, int width) {
    for (int i = 0; i < 2; ++i) {
        if (held_[i] == y) return lines_[i].data();
    }
    const int slot = held_[0] == keep ? 1 : 0;
    held_[slot] = y;
    const uint8_t *from = image.pixels + size_t(y) * image.stride;
    uint16_t *to = lines_[slot].data();
    const tap *taps = columns_.data();
    for (int x = 0; x < width; ++x) {
        const uint8_t *pair = from + taps[x].first;
        to[x] = uint16_t(pair[0] * (256 - taps[x].weight) + pair[1] * taps[x].weight);
    }
    return to;
}

void resizer::run(const luma &image, uint8_t *out, int width, int height) {
    if (width == image.width && height == image.height) {
        for (int y = 0; y < height; ++y)
            std::memcpy(out + size_t(y) * width, image.pixels + size_t(y) * image.stride, size_t(width));
        return;
    }
    reserve(width, height);
    place(columns_, image.width, width);
    place(rows_, image.height, height);
    held_[0] = held_[1] = -1;
    for (int y = 0; y < height; ++y, out += width) {
        const int first = rows_[y].first;
        const uint32_t weight = rows_[y].weight;
        const uint16_t *upper = row(image, first, first + 1, width);
        const uint16_t *lower = row(image, first + 1, first, width);
        for (int x = 0; x < width; ++x)
            out[x] = uint8_t((upper[x] * (256 - weight) + lower[x] * weight + 32768) >> 16);
    }
}

}  // namespace haar
