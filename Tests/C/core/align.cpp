// The face chip against dlib's get_face_chip_details and extract_image_chip, by every processor's kernels, of made
// pictures and of those that are given:
//
//     align [IMAGE.ppm ...]
//
// Built from this file and Sources/CFaces. This file must be compiled as Rollcall's release compiles dlib, by clang and
// for x86-64 with -mavx2 -mfma: other compilers fuse other products and sums. On x86-64 it wants
// OPENBLAS_CORETYPE=Prescott in the environment, see `exact`. Links -ldlib -lopenblas -lpthread.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <dlib/image_processing.h>
#include <dlib/image_transforms.h>

#include "../../../Sources/CFaces/align/chip.h"
#include "../../../Sources/CFaces/align/cutter.h"
#include "../check.h"

namespace {

using namespace rollcall;

struct picture {
    int width, height;
    std::vector<uint8_t> rgb;
};

struct dlib_view {
    const picture *of;
};
long num_rows(const dlib_view &view) { return view.of->height; }
long num_columns(const dlib_view &view) { return view.of->width; }
const void *image_data(const dlib_view &view) { return view.of->rgb.data(); }
long width_step(const dlib_view &view) { return view.of->width * 3L; }

}  // namespace

namespace dlib {
template <> struct image_traits<dlib_view> { typedef rgb_pixel pixel_type; };
}  // namespace dlib

namespace {

constexpr size_t chip_bytes = chip_side * chip_side * 3;

/// Where dlib cuts a chip depends on the last bits of a pseudo-inverse that it has of LAPACK. Ours has those of
/// OpenBLAS's kernels for the oldest x86-64: with them every byte is the same. Other kernels give others, and none for
/// arm64 gives these: in flat parts of a picture some of dlib's bytes are then one more or less, in two chips of a
/// thousand.
#if defined(__x86_64__)
constexpr bool exact = true;
#else
constexpr bool exact = false;
#endif

/// Numbers that are the same on every machine.
struct noise {
    uint32_t state = 1;
    uint32_t byte() { return (state = state * 1664525 + 1013904223) >> 24; }
    double operator()(double from, double to) {
        state = state * 1664525 + 1013904223;
        return from + (to - from) * (state >> 8) / (1 << 24);
    }
};

chip dlib_chip_of(const int32_t points[136]) {
    std::vector<dlib::point> parts;
    for (int i = 0; i < 68; ++i) parts.emplace_back(points[2 * i], points[2 * i + 1]);
    const auto details =
        dlib::get_face_chip_details(dlib::full_object_detection(dlib::rectangle(), parts), chip_side, 0.25);
    return {details.rect.left(), details.rect.top(), details.rect.right(), details.rect.bottom(), details.angle};
}

std::vector<uint8_t> dlib_cut(const picture &image, const chip &where) {
    const dlib::chip_details details(
        dlib::drectangle(where.left, where.top, where.right, where.bottom), dlib::chip_dims(chip_side, chip_side),
        where.angle);
    dlib::matrix<dlib::rgb_pixel> result;
    dlib::extract_image_chip(dlib_view{&image}, details, result);
    const auto *bytes = reinterpret_cast<const uint8_t *>(&result(0, 0));
    return std::vector<uint8_t>(bytes, bytes + chip_bytes);
}

/// What of the picture the region holds, with nothing behind it.
std::vector<uint8_t> part_of(const picture &image, const rectangle &region) {
    const size_t row = static_cast<size_t>(region.right - region.left + 1) * 3;
    std::vector<uint8_t> part(row * (region.bottom - region.top + 1));
    for (int y = region.top; y <= region.bottom; ++y)
        std::memcpy(
            &part[(y - region.top) * row], &image.rgb[(static_cast<size_t>(y) * image.width + region.left) * 3], row);
    return part;
}

/// Noise, slow waves, white walls with speckles, or flat tiles: where pixels are equal, roundings show.
picture made(int kind, int width, int height, noise &random) {
    picture image{width, height, std::vector<uint8_t>(static_cast<size_t>(width) * height * 3)};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c) {
                const uint32_t chance = random.byte();
                uint32_t value = chance;
                if (kind == 1) value = static_cast<uint32_t>((x * (c + 1) / 3 + y) % 256);
                if (kind == 2) value = (x / 40 + y / 30) % 2 ? 255 : 250 + chance % 4;
                if (kind == 3) value = static_cast<uint32_t>(x / 17 * 37 + y / 23 * 91 + c * 50) % 256;
                image.rgb[(static_cast<size_t>(y) * width + x) * 3 + c] = static_cast<uint8_t>(value);
            }
    return image;
}

/// 68 points of which those that decide lie like a face's: a turned grid, with errors.
void place(int32_t points[136], double x, double y, double size, double angle, noise &random) {
    for (int i = 0; i < 68; ++i) {
        const double u = size * (0.76 * ((i * 7) % 10) / 9.0 - 0.38), v = size * (0.66 * (i % 13) / 12.0 - 0.32);
        points[2 * i] = static_cast<int32_t>(std::lround(x + std::cos(angle) * u - std::sin(angle) * v));
        points[2 * i + 1] = static_cast<int32_t>(std::lround(y + std::sin(angle) * u + std::cos(angle) * v));
        points[2 * i] += static_cast<int32_t>(random(-0.02, 0.02) * size);
    }
}

double most_apart(const chip &a, const chip &b) {
    const double as[] = {a.left, a.top, a.right, a.bottom, a.angle}, bs[] = {b.left, b.top, b.right, b.bottom, b.angle};
    double most = 0;
    for (int i = 0; i < 5; ++i) most = std::max(most, std::abs(as[i] - bs[i]) / std::max(1.0, std::abs(bs[i])));
    return most;
}

picture read(const char *path) {
    FILE *file = std::fopen(path, "rb");
    picture image{0, 0, {}};
    int most = 0;
    require(file && std::fscanf(file, "P6 %d %d %d", &image.width, &image.height, &most) == 3 && most == 255 &&
                std::fgetc(file) >= 0,
            "%s is a picture with colours", path);
    image.rgb.resize(static_cast<size_t>(image.width) * image.height * 3);
    check(std::fread(image.rgb.data(), 1, image.rgb.size(), file) == image.rgb.size(), "%s is whole", path);
    std::fclose(file);
    return image;
}

/// How far apart two bytes of the chips are at most.
int most_apart(const std::vector<uint8_t> &a, const std::vector<uint8_t> &b) {
    int most = 0;
    for (size_t i = 0; i < chip_bytes; ++i) most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

struct bench {
    std::vector<chip_cutter> cutters;
    double apart = 0;                              ///< of the places of the chips, at most
    int chips = 0, cut_apart = 0, own_apart = 0;  ///< those that differ where dlib says, and from the points on
    uint64_t digest = 0;

    void compare(const picture &image, const int32_t points[136]);
    void copied(const picture &image);
};

void bench::compare(const picture &image, const int32_t points[136]) {
    const chip wanted = dlib_chip_of(points), own = chip_of(points);
    apart = std::max(apart, most_apart(own, wanted));

    std::vector<uint8_t> cut(chip_bytes);
    const rectangle whole{0, 0, image.width - 1, image.height - 1};
    const std::vector<uint8_t> bytes = dlib_cut(image, wanted);
    bool differs = false;
    for (const rectangle &region : {region_of(wanted, image.width, image.height), whole}) {
        if (region.is_empty()) {
            check(bytes == std::vector<uint8_t>(chip_bytes), "a chip outside is black");
            continue;
        }
        const std::vector<uint8_t> part = part_of(image, region);
        for (size_t k = 0; k < cutters.size(); ++k) {
            cutters[k].cut(part.data(), region, wanted, cut.data());
            const int most = most_apart(cut, bytes);
            check(most <= (exact ? 0 : 1), "chip %d, %.0f pixels wide, is dlib's by kernel %zu: %d apart", chips,
                  wanted.right - wanted.left, k, most);
            differs = differs || most > 0;
        }
    }
    cut_apart += differs;
    cutters.back().cut(image.rgb.data(), whole, own, cut.data());
    own_apart += cut != bytes;
    // Processors round chip_of's last bits otherwise. Where they do not count, the chips are the same everywhere.
    const auto near = [](double value) { return std::round(value * 1024) / 1024; };
    const chip portable{near(own.left), near(own.top), near(own.right), near(own.bottom), near(own.angle)};
    cutters.back().cut(image.rgb.data(), whole, portable, cut.data());
    digest = digest * 31 + digest_of(cut.data(), cut.size());
    ++chips;
}

/// Neither turned nor scaled: copied, over the border too.
void bench::copied(const picture &image) {
    std::vector<uint8_t> cut(chip_bytes);
    for (const chip &where :
         {chip{10, 20, 159, 169, 0}, chip{-30, -7.4, 119, 141.6, 0}, chip{200.5, 100.25, 349.5, 249.25, 0}}) {
        cutters.back().cut(image.rgb.data(), {0, 0, image.width - 1, image.height - 1}, where, cut.data());
        check(cut == dlib_cut(image, where), "a chip at %.1f that is only copied is dlib's", where.left);
    }
}

}  // namespace

int main(int count, char **arguments) {
    bench test;
    test.cutters.emplace_back(isa::base);
    if (widest_isa() != isa::base) test.cutters.emplace_back(widest_isa());

    noise random;
    int32_t points[136];
    for (int i = 0; i < 400; ++i) {
        // Of a small picture nothing may be left when it is halved.
        const bool small = i % 5 == 0;
        const int width = static_cast<int>(random(1, small ? 40 : 900));
        const int height = static_cast<int>(random(1, small ? 40 : 700));
        const picture image = made(i % 4, width, height, random);
        const double size = 20 * std::exp(random(0, 5)), angle = random(-1, 1) * (i % 3 ? 0.5 : 3.1);
        place(points, random(-0.1, 1.1) * image.width, random(-0.1, 1.1) * image.height, size, angle, random);
        test.compare(image, points);
    }
    test.copied(made(0, 301, 203, random));
    for (int i = 1; i < count; ++i) {
        const picture image = read(arguments[i]);
        for (int k = 0; k < 25; ++k) {
            const double size = 20 * std::exp(random(0, 5)), angle = random(-0.5, 0.5);
            place(points, random(0.1, 0.9) * image.width, random(0.1, 0.9) * image.height, size, angle, random);
            test.compare(image, points);
        }
        test.copied(image);
    }
    std::fprintf(stderr, "%d chips: %d not dlib's where it cuts them, %d from the points on; places %.1e apart\n",
                 test.chips, test.cut_apart, test.own_apart, test.apart);
    check(test.apart < 1e-9, "chip_of is dlib's to %.1e", test.apart);
    check(test.cut_apart * 100 <= test.chips, "few chips differ, not %d of %d", test.cut_apart, test.chips);
    // Where the last bit of chip_of differs, a byte in a flat part of the picture may be one more or less.
    check(test.own_apart * 50 <= test.chips, "few chips differ from the points on, not %d of %d", test.own_apart,
          test.chips);
    std::printf("%d chips %016llx\n", test.chips, static_cast<unsigned long long>(test.digest));
    return check_end();
}
