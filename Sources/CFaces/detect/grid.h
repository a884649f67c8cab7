// How dlib divides an image: levels of a pyramid, cells of a level, and the box of a window.
#pragma once

#include <algorithm>
#include <cmath>

#include "../luma.h"

namespace rollcall {

constexpr int cell = 8;                 ///< pixels of a cell in each direction
constexpr int window = 10;              ///< cells of a window in each direction
constexpr int before = 4, after = 5;    ///< cells of a window before and after the one it is named by
constexpr int smallest_level = 64;      ///< pixels
constexpr double pyramid_step = 6 / 5.0;

/// The cells of one level. `columns` x `rows` have features, one less at each side than there are histograms; a window
/// is named by each of them and may reach over the border, where every feature is zero.
struct grid {
    int columns, rows;
    int last_x, last_y;  ///< gradients are taken at 1 <= x < last_x, 1 <= y < last_y

    static int cells(int pixels) { return static_cast<int>(static_cast<float>(pixels) / cell + 0.5); }
    explicit grid(const luma &image)
        : columns(std::max(cells(image.width) - 2, 0)), rows(std::max(cells(image.height) - 2, 0)),
          last_x(std::min(cells(image.width) * cell, image.width) - 1),
          last_y(std::min(cells(image.height) * cell, image.height) - 1) {}
    bool is_empty() const { return columns == 0 || rows == 0; }
};

/// Cells with features, of one level: may reach over the border.
struct patch {
    int left, top, columns, rows;
};

/// How many levels dlib's pyramid has: it shrinks the image's rectangle, corner by corner, until a side is too small
/// (create_fhog_pyramid, pyramid_down<6>::rect_down).
inline int levels_of(int width, int height) {
    long left = 0, top = 0, right = width - 1, bottom = height - 1;
    const auto down = [](long p) { return static_cast<long>(std::floor((p - 0.3) * (5 / 6.0) + 0.5)); };
    int levels = 0;
    do {
        left = down(left), top = down(top), right = down(right), bottom = down(bottom);
        ++levels;
    } while (right - left + 1 >= smallest_level && bottom - top + 1 >= smallest_level);
    return levels;
}

/// Pixels of the next level.
inline int shrunk(int pixels) { return 5 * pixels / 6; }

/// The side of a box that is found at a level, in pixels of the image.
inline double face_side(int level) { return cell * window * std::pow(pyramid_step, level); }

/// The box of a window in pixels of the image (fhog_to_image of its corner cells, then rect_up level by level).
inline rectangle box_of(int column, int row, int level) {
    const auto first = [](int at) {
        const int pixel = (at - (before - 1)) * cell + 1;
        return pixel + (pixel < 0 ? -cell / 2 : cell / 2);
    };
    const auto last = [](int at) { return (at + window - 1 - (before - 1)) * cell + 1 + cell / 2; };
    double sides[4] = {double(first(column)), double(first(row)), double(last(column)), double(last(row))};
    for (int l = 0; l < level; ++l)
        for (double &side : sides) {
            // One operation at a time, as dlib: no compiler may put them together, or a side that ends in a half would
            // be rounded otherwise where processors can, by a pixel.
            volatile double grown = side * pyramid_step;
            side = grown + 0.3;
        }
    const auto round = [](double side) { return static_cast<int>(std::floor(side + 0.5)); };
    return {round(sides[0]), round(sides[1]), round(sides[2]), round(sides[3])};
}

}  // namespace rollcall
