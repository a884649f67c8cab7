// The predictor of 68 points against dlib's own, before its rounding, by every processor's kernels:
//
//     landmarks PACK LANDMARKS.dat [IMAGE.pgm ...]
//
// of the faces that our detector finds in the images; made pictures come besides. Built from this file, compiled with
// -ffp-contract=off, and Sources/CFaces: where a compiler makes one operation of a product and a sum, dlib's points are
// not those of another build of dlib, by pixels. Links -lxxhash -ldlib -lopenblas -lpthread.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

#include <dlib/image_processing.h>

#include "../../../Sources/CFaces/detect/detector.h"
#include "../../../Sources/CFaces/landmarks/format.h"
#include "../../../Sources/CFaces/landmarks/predictor.h"
#include "../../../Sources/CFaces/pack/pack.h"
#include "../check.h"
#include "section_copy.h"

namespace {

using namespace rollcall;

struct picture {
    int width, height, stride;
    std::vector<uint8_t> pixels;
    picture(int width, int height, int stride)
        : width(width), height(height), stride(stride), pixels(static_cast<size_t>(stride) * height) {}
    luma view() const { return {pixels.data(), width, height, stride}; }
};

/// dlib's image functions over such a picture.
struct dlib_view {
    const picture *of;
};
long num_rows(const dlib_view &view) { return view.of->height; }
long num_columns(const dlib_view &view) { return view.of->width; }
const void *image_data(const dlib_view &view) { return view.of->pixels.data(); }
long width_step(const dlib_view &view) { return view.of->stride; }

}  // namespace

namespace dlib {
template <> struct image_traits<dlib_view> { typedef unsigned char pixel_type; };
}  // namespace dlib

namespace {

/// dlib::shape_predictor, whose operator() is copied to leave out the rounding; its parts as it serializes them.
struct dlib_predictor {
    explicit dlib_predictor(const char *path) {
        std::ifstream file(path, std::ios::binary);
        int version = 0;
        dlib::deserialize(version, file);
        dlib::deserialize(initial_shape, file);
        dlib::deserialize(forests, file);
        dlib::deserialize(anchors, file);
        dlib::deserialize(deltas, file);
    }

    void operator()(const picture &image, const rectangle &box, double points[136]) const {
        const dlib_view view{&image};
        const dlib::rectangle rect(box.left, box.top, box.right, box.bottom);
        dlib::matrix<float, 0, 1> shape = initial_shape;
        std::vector<float> features;
        unsigned long leaf;
        for (size_t i = 0; i < forests.size(); ++i) {
            dlib::impl::extract_feature_pixel_values(view, rect, shape, initial_shape, anchors[i], deltas[i], features);
            for (const auto &tree : forests[i]) shape += tree(features, leaf);
        }
        const auto to_image = dlib::impl::unnormalizing_tform(rect);
        for (int i = 0; i < 68; ++i) {
            const dlib::dpoint point = to_image(dlib::impl::location(shape, i));
            points[2 * i] = point.x(), points[2 * i + 1] = point.y();
        }
    }

    dlib::matrix<float, 0, 1> initial_shape;
    std::vector<std::vector<dlib::impl::regression_tree>> forests;
    std::vector<std::vector<unsigned long>> anchors;
    std::vector<std::vector<dlib::vector<float, 2>>> deltas;
};

/// Numbers that are the same on every machine.
struct noise {
    uint32_t state = 1;
    int operator()(int from, int to) {
        state = state * 1664525 + 1013904223;
        return from + static_cast<int>((state >> 8) % static_cast<uint32_t>(to - from + 1));
    }
};

bool is_refused(section from) {
    try {
        predictor refused(from, isa::base);
    } catch (const std::runtime_error &) {
        return true;
    }
    return false;
}

struct tried {
    int count = 0, apart = 0;  ///< faces, and those with a point more than 0.05 pixel from dlib's
    long rounded = 0;          ///< points that are rounded otherwise
};

/// One face by every kernel, beside dlib.
void compare(
    const dlib_predictor &oracle, std::vector<predictor> &kernels, const picture &image, const rectangle &box,
    tried &sum, uint64_t &digest) {
    double wanted[136];
    oracle(image, box, wanted);
    float points[136], others[136];
    kernels[0].predict(image.view(), box, points);
    for (size_t i = 1; i < kernels.size(); ++i) {
        kernels[i].predict(image.view(), box, others);
        check(std::memcmp(points, others, sizeof points) == 0, "kernel %zu gives the points of the first", i);
    }
    double most = 0;
    for (int i = 0; i < 136; ++i) {
        most = std::max(most, std::abs(points[i] - wanted[i]));
        sum.rounded += std::floor(points[i] + 0.5) != std::floor(wanted[i] + 0.5);
    }
    ++sum.count;
    if (most > 0.05) ++sum.apart;
    digest = digest * 31 + digest_of(points, sizeof points);
}

/// The box of a face moved and scaled as a detector would, by up to 8 % of its side.
rectangle shaken(const rectangle &box, noise &random) {
    const int side = box.right - box.left, much = side * 8 / 100, x = random(-much, much), y = random(-much, much),
              grow = random(-much, much);
    return {box.left + x - grow, box.top + y - grow, box.right + x + grow, box.bottom + y + grow};
}

/// `scale` times as large; between pixels bilinearly. With rows longer than the picture.
picture resized(const picture &from, double scale) {
    const int width = std::max(2, static_cast<int>(from.width * scale));
    const int height = std::max(2, static_cast<int>(from.height * scale));
    picture to(width, height, width + 13);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double fx = std::min(x / scale, from.width - 1.001), fy = std::min(y / scale, from.height - 1.001);
            const int left = static_cast<int>(fx), top = static_cast<int>(fy);
            const uint8_t *at = &from.pixels[static_cast<size_t>(top) * from.stride + left];
            const double right = fx - left, below = fy - top;
            to.pixels[static_cast<size_t>(y) * to.stride + x] = static_cast<uint8_t>(
                (1 - below) * ((1 - right) * at[0] + right * at[1]) +
                below * ((1 - right) * at[from.stride] + right * at[from.stride + 1]));
        }
    return to;
}

picture read(const char *path) {
    FILE *file = std::fopen(path, "rb");
    int width = 0, height = 0, most = 0;
    require(
        file && std::fscanf(file, "P5 %d %d %d", &width, &height, &most) == 3 && most == 255 && std::fgetc(file) >= 0,
        "%s is a grey picture", path);
    picture image(width, height, width);
    check(std::fread(image.pixels.data(), 1, image.pixels.size(), file) == image.pixels.size(), "%s is whole", path);
    std::fclose(file);
    return image;
}

}  // namespace

int main(int count, char **arguments) {
    require(count >= 3, "landmarks PACK LANDMARKS.dat [IMAGE.pgm ...]");
    const pack models(arguments[1]);
    const dlib_predictor oracle(arguments[2]);
    const section_copy model(models.find("landmarks"));
    const section from = model.view();
    const unsigned long long model_digest = digest_of(model.bytes, model.size);
    std::printf("%zu bytes, %016llx\n", model.size, model_digest);
    check(model.size < size_t(36) << 20, "the section has less than half of dlib's 72 MB");

    check(is_refused({model.bytes, 0}) && is_refused({nullptr, model.size}), "an empty section is refused");
    check(is_refused({model.bytes, model.size - 1}), "a section that lacks a byte is refused");
    const auto damaged = [&](size_t at, uint8_t value) {
        const uint8_t before = model.bytes[at];
        model.bytes[at] = value;
        const bool refused = is_refused(from);
        model.bytes[at] = before;
        return refused;
    };
    using namespace landmarks_format;
    check(damaged(0, 'x'), "another kind of section is refused");
    check(damaged(cascades_at, 99) && damaged(trees_at + 1, 99) && damaged(features_at, 1), "other counts are refused");
    check(damaged(order_at, 200) && damaged(order_at, model.bytes[order_at + 1]), "lanes are a coordinate each");
    const size_t lanes_at = cascades_begin + 8 * wide(500), trees_begin = cascades_begin + 10 * wide(500);
    check(damaged(lanes_at, 136), "a lane that is none is refused");
    check(damaged(trees_begin + 1, 3), "a feature that is none is refused");
    check(damaged(trees_begin + groups(500) * group * nodes * 4 + 3, 2), "a leaf behind the end is refused");

    std::vector<predictor> kernels;
    for (isa each : {isa::base, isa::avx2, isa::avx512})
        if (each <= widest_isa()) kernels.emplace_back(from, each);

    noise random;
    uint64_t digest = 0;
    tried faces, made;
    detector finder(models.find("detector"), widest_isa());
    std::vector<found> boxes;
    for (int i = 3; i < count; ++i) {
        const picture image = read(arguments[i]);
        finder.detect(image.view(), {}, boxes);
        check(!boxes.empty(), "there is a face in %s", arguments[i]);
        for (const found &face : boxes) {
            const rectangle box{face.left, face.top, face.right, face.bottom};
            compare(oracle, kernels, image, box, faces, digest);
            for (int side : {80, 150, 330, 800}) {
                const double scale = double(side) / (box.right - box.left);
                const picture larger = resized(image, scale);
                auto at = [&](int value) { return static_cast<int>(value * scale); };
                const rectangle there{at(box.left), at(box.top), at(box.right), at(box.bottom)};
                for (int again = 0; again < 3; ++again)
                    compare(oracle, kernels, larger, again ? shaken(there, random) : there, faces, digest);
            }
        }
    }
    // No faces: boxes anywhere, over the border and beside the picture, of odd sizes.
    for (int i = 0; i < 60; ++i) {
        const int width = random(1, 400), height = random(1, 400);
        picture image(width, height, width + random(0, 40));
        const int coarse = random(1, 60);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < image.stride; ++x) {
                const int tile = 100 * ((x / coarse + y / coarse) % 2) / (1 + (x + y) % 3), grain = random(0, 20);
                image.pixels[static_cast<size_t>(y) * image.stride + x] = static_cast<uint8_t>(128 + tile + grain);
            }
        const int side = random(1, 500), left = random(-side, width), top = random(-side, height);
        compare(oracle, kernels, image, {left, top, left + side, top + side + random(0, 3)}, made, digest);
    }
    std::printf("points %016llx\n", static_cast<unsigned long long>(digest));
    std::fprintf(
        stderr,
        "%d faces: %d further than 0.05 pixel from dlib's, %ld of %d numbers rounded otherwise; "
        "%d boxes without a face: %d\n",
        faces.count, faces.apart, faces.rounded, 136 * faces.count, made.count, made.apart);
    // A point near zero can take another way than dlib's (format.h): one face in a thousand, none of a few.
    check(faces.apart * 200 <= faces.count, "faces' points are dlib's to 0.05 pixel");
    check(made.apart * 20 <= made.count, "other points are dlib's to 0.05 pixel");
    return check_end();
}
