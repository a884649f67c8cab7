// The oracle without models: what it refuses, the chip, the gallery. With models: tools/arm64/parity.cpp.
#include "CDlib.h"

#include <cmath>
#include <limits>
#include <vector>

#include "check.h"

int main() {
    check(dlib_open("/no/such/file", "/no/such/file") == nullptr, "models that are missing are refused");

    // Points of a face seen upright: the eyes, the nose and the mouth of dlib's mean face decide where the chip lies.
    constexpr int width = 300, height = 280;
    std::vector<uint8_t> rgb(3 * width * height), chip(150 * 150 * 3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const int at = 3 * (y * width + x);
            rgb[at] = static_cast<uint8_t>(x / 2), rgb[at + 1] = static_cast<uint8_t>(y / 2), rgb[at + 2] = 200;
        }
    long points[136];
    for (int i = 0; i < 68; ++i) {
        const double turn = 2 * M_PI * i / 68;
        points[2 * i] = 150 + std::lround(50 * std::cos(turn)), points[2 * i + 1] = 140 + std::lround(50 * std::sin(turn));
    }
    require(dlib_chip(nullptr, rgb.data(), width, height, points, chip.data()) == 0, "a chip is cut");
    int blue = 0;
    for (int i = 0; i < 150 * 150; ++i) blue += chip[3 * i + 2] == 200;
    check(blue > 10000, "most of it lies in the picture, %d pixels", blue);
    check(digest_of(chip.data(), chip.size()) != digest_of(rgb.data(), chip.size()), "it is a part of it");

    std::vector<float> templates(128 * 50);
    uint32_t noise = 1;
    for (auto &value : templates) value = static_cast<float>((noise = noise * 1664525 + 1013904223) >> 8) / (1 << 24) - 0.5f;
    dlib_gallery *gallery = dlib_gallery_make(templates.data(), 50);
    require(gallery != nullptr, "a gallery is made");
    for (int probe = 0; probe < 10; ++probe) {
        std::vector<float> face(templates.begin() + 128 * probe, templates.begin() + 128 * (probe + 1));
        check(dlib_gallery_nearest(gallery, face.data()) == 0, "a template is its own nearest");
        for (int i = 0; i < 128; ++i) face[i] += 0.3f * templates[(7 * i + probe) % 6400];
        double nearest = std::numeric_limits<double>::infinity();
        for (int each = 0; each < 50; ++each) {
            double sum = 0;
            for (int i = 0; i < 128; ++i) sum += std::pow(double(face[i]) - templates[128 * each + i], 2);
            nearest = std::fmin(nearest, std::sqrt(sum));
        }
        const float found = dlib_gallery_nearest(gallery, face.data());
        check(std::abs(found - nearest) < 1e-5, "the least distance is %f, not %f", nearest, found);
    }
    dlib_gallery_free(gallery);
    gallery = dlib_gallery_make(nullptr, 0);
    check(gallery && std::isinf(dlib_gallery_nearest(gallery, templates.data())), "nobody is near in an empty gallery");
    dlib_gallery_free(gallery);
    return check_end();
}
