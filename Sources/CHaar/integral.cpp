#include "integral.h"

#include <algorithm>

namespace haar {
namespace {

void upright(const uint8_t *pixels, int width, int height, const integrals &out) {
    std::fill_n(out.sums, width + 1, 0u);
    std::fill_n(out.squares, width + 1, 0u);
    for (int y = 0; y < height; ++y, pixels += width) {
        uint32_t *sums = out.sums + size_t(y + 1) * out.stride, *squares = out.squares + size_t(y + 1) * out.stride;
        const uint32_t *sums_above = sums - out.stride, *squares_above = squares - out.stride;
        uint32_t sum = 0, square = 0;
        sums[0] = squares[0] = 0;
        for (int x = 0; x < width; ++x) {
            const uint32_t pixel = pixels[x];
            sum += pixel;
            square += pixel * pixel;
            sums[x + 1] = sums_above[x + 1] + sum;
            squares[x + 1] = squares_above[x + 1] + square;
        }
    }
}

/// T(x, y) = sum of I(x', y') with y' < y and |x' - x + 1| <= y - y' - 1, with nothing outside the image. From row to
/// row (Lienhart & Maydt, equation 4): T(x, y) = T(x-1, y-1) + T(x+1, y-1) - T(x, y-2) + I(x-1, y-1) + I(x-1, y-2). At
/// either side the triangle outside the table is the one that is taken away again.
void tilt(const uint8_t *pixels, int width, int height, const integrals &out) {
    std::fill_n(out.tilted, width + 1, 0u);
    for (int y = 1; y <= height; ++y) {
        uint32_t *here = out.tilted + size_t(y) * out.stride;
        const uint32_t *above = here - out.stride;
        const uint8_t *row = pixels + size_t(y - 1) * width;
        for (int x = 0; x <= width; ++x) {
            uint32_t sum = 0;
            if (x > 0) sum += above[x - 1] + row[x - 1];
            if (x < width) sum += above[x + 1];
            if (y >= 2 && x > 0) sum += row[x - 1 - width];
            if (y >= 2 && x > 0 && x < width) sum -= here[x - 2 * ptrdiff_t(out.stride)];
            here[x] = sum;
        }
    }
}

}  // namespace

void integrate(const uint8_t *pixels, int width, int height, const integrals &out) {
    upright(pixels, width, height, out);
    if (out.tilted) tilt(pixels, width, height, out);
}

}  // namespace haar
