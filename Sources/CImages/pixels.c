#include "CImages.h"

#include <string.h>

// 0.299, 0.587 and 0.114 of 65,536, rounded so that they add up to it: the constants of every JPEG encoder.
void images_luma_of_rgb(const uint8_t *rgb, size_t count, uint8_t *luma) {
    for (size_t i = 0; i < count; i++)
        luma[i] = (uint8_t)((19595u * rgb[3 * i] + 38470u * rgb[3 * i + 1] + 7471u * rgb[3 * i + 2] + 32768u) >> 16);
}

void images_shrink_rgb(
    const uint8_t *rgb, int32_t width, int32_t height, int32_t columns, int32_t rows, uint8_t *shrunk) {
    for (int32_t row = 0; row < rows; row++) {
        const int32_t top = (int32_t)((int64_t)row * height / rows), bottom = (int32_t)((int64_t)(row + 1) * height / rows);
        for (int32_t column = 0; column < columns; column++) {
            const int32_t left = (int32_t)((int64_t)column * width / columns);
            const int32_t right = (int32_t)((int64_t)(column + 1) * width / columns);
            uint64_t sum[3] = {0, 0, 0};
            for (int32_t y = top; y < bottom; y++) {
                const uint8_t *pixel = rgb + 3 * ((size_t)y * (size_t)width + (size_t)left);
                for (int32_t x = left; x < right; x++, pixel += 3)
                    for (int channel = 0; channel < 3; channel++) sum[channel] += pixel[channel];
            }
            const uint64_t count = (uint64_t)(bottom - top) * (uint64_t)(right - left);
            for (int channel = 0; channel < 3; channel++)
                *shrunk++ = (uint8_t)((sum[channel] + count / 2) / count);
        }
    }
}

// Sums of columns first: a loop over bytes beside each other, which the compiler turns into vectors.
static void add_row(const uint8_t *restrict row, int32_t width, uint16_t *restrict line) {
    for (int32_t x = 0; x < width; x++) line[x] = (uint16_t)(line[x] + row[x]);
}

void images_grid(
    const uint8_t *luma, int32_t width, int32_t height, size_t stride, int32_t columns, int32_t rows, uint16_t *line,
    float *means) {
    for (int32_t row = 0; row < rows; row++) {
        const int32_t top = (int32_t)((int64_t)row * height / rows), bottom = (int32_t)((int64_t)(row + 1) * height / rows);
        // 257 rows of 255 fill 16 bits.
        const int32_t step = 2 + (bottom - top) / 512 * 2;
        memset(line, 0, (size_t)width * sizeof *line);
        int32_t count = 0;
        for (int32_t y = top; y < bottom; y += step, count++) add_row(luma + (size_t)y * stride, width, line);
        for (int32_t column = 0; column < columns; column++) {
            const int32_t left = (int32_t)((int64_t)column * width / columns);
            const int32_t right = (int32_t)((int64_t)(column + 1) * width / columns);
            uint32_t sum = 0;
            for (int32_t x = left; x < right; x++) sum += line[x];
            *means++ = (float)sum / (float)(count * (right - left));
        }
    }
}

void images_sample_grid(
    const uint8_t *samples, int32_t step, size_t stride, int32_t width, int32_t height, int32_t columns, int32_t rows,
    float *means) {
    for (int32_t row = 0; row < rows; row++) {
        const int32_t top = (int32_t)((int64_t)row * height / rows), bottom = (int32_t)((int64_t)(row + 1) * height / rows);
        for (int32_t column = 0; column < columns; column++) {
            const int32_t left = (int32_t)((int64_t)column * width / columns);
            const int32_t right = (int32_t)((int64_t)(column + 1) * width / columns);
            uint32_t sum = 0, count = 0;
            for (int32_t y = top; y < bottom; y += 2)
                for (int32_t x = left; x < right; x++, count++) sum += samples[(size_t)y * stride + (size_t)x * step];
            *means++ = (float)sum / (float)count;
        }
    }
}

// Hoare's FIND (CACM 4, 1961), as Wirth writes it.
float images_median(float *values, size_t count) {
    const ptrdiff_t middle = (ptrdiff_t)(count / 2);
    ptrdiff_t low = 0, high = (ptrdiff_t)count - 1;
    while (low < high) {
        const float pivot = values[middle];
        ptrdiff_t i = low, j = high;
        do {
            while (values[i] < pivot) i++;
            while (pivot < values[j]) j--;
            if (i <= j) {
                const float swapped = values[i];
                values[i++] = values[j];
                values[j--] = swapped;
            }
        } while (i <= j);
        if (j < middle) low = i;
        if (middle < i) high = j;
    }
    return values[middle];
}

void images_every_second(const uint8_t *packed, size_t count, uint8_t *luma) {
    for (size_t i = 0; i < count; i++) luma[i] = packed[2 * i];
}

static inline uint8_t clamped(int32_t value) {
    value >>= 16;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

// Inverse BT.601 in 16-bit fixed point: factors of Y, V to red, U to green, V to green, U to blue.
struct inverse {
    int32_t offset, y, vr, ug, vg, ub;
};
static const struct inverse video = {16, 76309, 104597, 25675, 53279, 132201};
static const struct inverse jpeg = {0, 65536, 91881, 22554, 46802, 116130};

void images_rgb_row(const uint8_t *luma, const struct images_chroma_row *chroma, int32_t width, uint8_t *rgb) {
    const struct inverse k = chroma->full_range ? jpeg : video;
    for (int32_t x = 0; x < width; x++) {
        const int32_t at = ((chroma->first + x) >> chroma->shift) * chroma->step;
        const int32_t y = (luma[x] - k.offset) * k.y + 32768;
        const int32_t u = chroma->u[at] - 128, v = chroma->v[at] - 128;
        rgb[3 * x] = clamped(y + k.vr * v);
        rgb[3 * x + 1] = clamped(y - k.ug * u - k.vg * v);
        rgb[3 * x + 2] = clamped(y + k.ub * u);
    }
}
