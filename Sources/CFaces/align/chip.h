// Where the face chip lies: dlib's get_face_chip_details(shape, 150, 0.25), and what of the image it is made of.
#pragma once

#include <cstdint>

#include "../luma.h"

namespace rollcall {

constexpr int chip_side = 150;

/// A rectangle in pixels, turned by `angle` radians about its centre.
struct chip {
    double left, top, right, bottom, angle;
};

/// The chip of a face's 68 points (x, y): the similarity that takes dlib's mean face nearest to the nose, the eyes and
/// the upper lip decides. Differs from dlib's by rounding alone, 1e-12 pixel.
chip chip_of(const int32_t points[136]);

/// The part of a `width` x `height` image from which the chip is made, borders of its pyramid included. Empty when it
/// lies wholly outside.
rectangle region_of(const chip &where, int width, int height);

}  // namespace rollcall
