#include "CImages.h"

// 0.299, 0.587 and 0.114 of 65,536, rounded so that they add up to it: the constants of every JPEG encoder.
void images_luma_of_rgb(const uint8_t *rgb, size_t count, uint8_t *luma) {
    for (size_t i = 0; i < count; i++)
        luma[i] = (uint8_t)((19595u * rgb[3 * i] + 38470u * rgb[3 * i + 1] + 7471u * rgb[3 * i + 2] + 32768u) >> 16);
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
