#include "cutter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace rollcall {

namespace {

// dlib's drectangle and rectangle, as far as a chip needs them, with its roundings. Where dlib compiled by clang for
// AVX2 and FMA multiplies and adds in one step, so does std::fma here: on a white wall one bit more or less in a weight
// makes 254 of 255, because dlib cuts the fraction off.

struct point {
    double x, y;
};

struct box {
    double left, top, right, bottom;

    double area() const {
        return top > bottom || left > right ? 0 : (right - left + 1) * (bottom - top + 1);
    }
    point centre() const { return {(left + right) / 2, (top + bottom) / 2}; }
    /// pyramid_down<2>::rect_down.
    box down() const { return {left / 2 - 1.25, top / 2 - 0.75, right / 2 - 1.25, bottom / 2 - 0.75}; }
    box moved(double x, double y) const { return {left + x, top + y, right + x, bottom + y}; }
};

struct turn {
    explicit turn(double angle) : sine(std::sin(angle)), cosine(std::cos(angle)) {}
    point operator()(const point &centre, double x, double y) const {
        x -= centre.x, y -= centre.y;
        return {std::fma(cosine, x, -(sine * y)) + centre.x, std::fma(sine, x, cosine * y) + centre.y};
    }
    double sine, cosine;
};

int rounded(double value) { return static_cast<int>(std::floor(value + 0.5)); }

constexpr double chip_area = chip_side * chip_side;

/// What of the image dlib looks at: the turned box, grown by what its pyramid needs, inside the image.
rectangle surroundings(const box &where, const turn &turned, double grow, int width, int height) {
    const point centre = where.centre();
    const point corners[] = {
        turned(centre, where.left, where.top), turned(centre, where.right, where.top),
        turned(centre, where.left, where.bottom), turned(centre, where.right, where.bottom)};
    box all{corners[0].x, corners[0].y, corners[0].x, corners[0].y};
    for (const point &corner : corners)
        all = {std::min(all.left, corner.x), std::min(all.top, corner.y), std::max(all.right, corner.x),
               std::max(all.bottom, corner.y)};
    const rectangle inside{
        rounded(std::max(all.left - grow, 0.0)), rounded(std::max(all.top - grow, 0.0)),
        rounded(std::min(all.right + grow, width - 1.0)), rounded(std::min(all.bottom + grow, height - 1.0))};
    return inside.is_empty() ? rectangle() : inside;
}

/// find_affine_transform from three corners of the chip, (0, 0), (149, 0) and (0, 149), to these. The three corners are
/// always the same, and so is the pseudo-inverse of their matrix that dlib has of LAPACK: here with the errors that
/// OpenBLAS's portable kernels make.
affine map_from_corners(const point &top_left, const point &top_right, const point &bottom_left) {
    constexpr double inverse[3][3] = {
        {-0x1.b7d6c3dda3389p-8, -0x1.b7d6c3dda338bp-8, 0x1.ffffffffffffdp-1},
        {0x1.b7d6c3dda338bp-8, 0x1.6cap-63, 0},
        {-0x1.f0f8p-61, 0x1.b7d6c3dda338dp-8, 0x1.62ap-56}};
    affine map;
    for (int i = 0; i < 3; ++i) {
        // One operation at a time: no compiler may put a product and a sum together.
        volatile double x[3] = {top_left.x * inverse[0][i], top_right.x * inverse[1][i], bottom_left.x * inverse[2][i]};
        volatile double y[3] = {top_left.y * inverse[0][i], top_right.y * inverse[1][i], bottom_left.y * inverse[2][i]};
        map.m[i] = x[0] + x[1] + x[2];
        map.m[3 + i] = y[0] + y[1] + y[2];
    }
    return map;
}

/// Neither turned nor scaled: dlib copies.
void copy(const rgb_image &image, const box &where, uint8_t *out) {
    std::memset(out, 0, chip_side * chip_side * 3);
    const int left = rounded(where.left), top = rounded(where.top);
    const int first = std::max(0, -left), last = std::min(chip_side, image.width - left);
    for (int row = std::max(0, -top); row < std::min(chip_side, image.height - top) && first < last; ++row)
        std::memcpy(
            out + (row * chip_side + first) * 3,
            image.pixels + static_cast<size_t>(row + top) * image.stride + static_cast<size_t>(first + left) * 3,
            static_cast<size_t>(last - first) * 3);
}

}  // namespace

chip_cutter::chip_cutter(isa processor) : kernels_(&base::align_kernels) {
#if defined(__x86_64__)
    if (processor != isa::base) kernels_ = &avx2::align_kernels;
#else
    (void)processor;
#endif
}

rgb_image chip_cutter::halved(const rgb_image &from, std::vector<uint8_t> &into) {
    // dlib makes nothing of an image that is no larger than this.
    if (from.width <= 8 || from.height <= 8) return {nullptr, 0, 0, 0};
    const int width = (from.width - 3) / 2, height = (from.height - 3) / 2;
    const size_t row = static_cast<size_t>(from.width) * 3, size = static_cast<size_t>(width) * height * 3;
    if (sums_.size() < row) sums_.resize(row), bytes_.resize(row);
    if (into.size() < size) into.resize(size);
    kernels_->halve(from, sums_.data(), bytes_.data(), into.data());
    return {into.data(), width, height, static_cast<size_t>(width) * 3};
}

void chip_cutter::cut(const uint8_t *rgb, const rectangle &region, const chip &where, uint8_t *out) {
    const int width = region.right - region.left + 1, height = region.bottom - region.top + 1;
    rgb_image image{rgb, width, height, static_cast<size_t>(width) * 3};
    const box found = box{where.left, where.top, where.right, where.bottom}.moved(-region.left, -region.top);
    if (where.angle == 0 && found.right - found.left + 1 == chip_side && found.bottom - found.top + 1 == chip_side)
        return copy(image, found, out);

    // As many halvings as leave more pixels than the chip has, and for each the border that it eats.
    int depth = 0;
    double grow = 2;
    for (box level = found.down(); level.area() > chip_area; level = level.down()) ++depth, grow = 2 * grow + 2;
    const turn turned(where.angle);
    const rectangle around = surroundings(found, turned, grow, width, height);
    image.pixels += static_cast<size_t>(around.top) * image.stride + static_cast<size_t>(around.left) * 3;
    image.width = around.right - around.left + 1, image.height = around.bottom - around.top + 1;

    box level = found.moved(-around.left, -around.top);
    for (int i = 0; i < depth; ++i) {
        image = halved(image, levels_[i % 2]);
        level = level.down();
    }
    const point centre = level.centre();
    kernels_->interpolate(
        image,
        map_from_corners(
            turned(centre, level.left, level.top), turned(centre, level.right, level.top),
            turned(centre, level.left, level.bottom)),
        out);
}

}  // namespace rollcall
