#include "chip.h"

#include <algorithm>
#include <cmath>

namespace rollcall {

namespace {

/// Points 27 to 54 and 60 to 64 of dlib's mean face in the unit square (get_face_chip_details in
/// dlib/image_transforms/interpolation.h, which leaves out jaw, brows and lower lip).
struct mean_point {
    int number;
    double x, y;
};
constexpr mean_point mean_face[] = {
    {27, 0.490127, 0.203352}, {28, 0.490127, 0.307009}, {29, 0.490127, 0.409805}, {30, 0.490127, 0.515625},
    {31, 0.36688, 0.587326},  {32, 0.426036, 0.609345}, {33, 0.490127, 0.628106}, {34, 0.554217, 0.609345},
    {35, 0.613373, 0.587326}, {36, 0.121737, 0.216423}, {37, 0.187122, 0.178758}, {38, 0.265825, 0.179852},
    {39, 0.334606, 0.231733}, {40, 0.260918, 0.245099}, {41, 0.182743, 0.244077}, {42, 0.645647, 0.231733},
    {43, 0.714428, 0.179852}, {44, 0.793132, 0.178758}, {45, 0.858516, 0.216423}, {46, 0.79751, 0.244077},
    {47, 0.719335, 0.245099}, {48, 0.254149, 0.780233}, {49, 0.340985, 0.745405}, {50, 0.428858, 0.727388},
    {51, 0.490127, 0.742578}, {52, 0.551395, 0.727388}, {53, 0.639268, 0.745405}, {54, 0.726104, 0.780233},
    {60, 0.290379, 0.784792}, {61, 0.428096, 0.778746}, {62, 0.490127, 0.785343}, {63, 0.552157, 0.778746},
    {64, 0.689874, 0.784792},
};
constexpr double count = sizeof mean_face / sizeof mean_face[0];
constexpr double padding = 0.25;

/// A coordinate of the mean face in the chip.
double in_chip(double unit) { return (padding + unit) / (2 * padding + 1) * chip_side; }

}  // namespace

chip chip_of(const int32_t points[136]) {
    double from_x = 0, from_y = 0, to_x = 0, to_y = 0;
    for (const mean_point &point : mean_face) {
        from_x += in_chip(point.x), from_y += in_chip(point.y);
        to_x += points[2 * point.number], to_y += points[2 * point.number + 1];
    }
    from_x /= count, from_y /= count, to_x /= count, to_y /= count;

    // Umeyama, Least-squares estimation of transformation parameters between two point patterns, PAMI 1991. In the
    // plane the best turn needs no singular values: [a -b; b a] scales and turns.
    double spread = 0, along = 0, across = 0;
    for (const mean_point &point : mean_face) {
        const double x = in_chip(point.x) - from_x, y = in_chip(point.y) - from_y;
        const double u = points[2 * point.number] - to_x, v = points[2 * point.number + 1] - to_y;
        spread += x * x + y * y;
        along += u * x + v * y;
        across += v * x - u * y;
    }
    const double a = along / spread, b = across / spread;

    constexpr double middle = chip_side / 2.0;
    const double x = a * (middle - from_x) - b * (middle - from_y) + to_x;
    const double y = b * (middle - from_x) + a * (middle - from_y) + to_y;
    // dlib's rectangles hold their last pixel: their sides are one less.
    const double side = chip_side * std::sqrt(a * a + b * b) - 1;
    return {x - side / 2, y - side / 2, x + side / 2, y + side / 2, std::atan2(b, a)};
}

rectangle region_of(const chip &where, int width, int height) {
    // dlib grows the turned rectangle by 2 pixels, doubled and 2 more for each level of its pyramid; what lies beyond
    // its own box does not change the chip, so the circle around it and one level more are safe.
    const double radius = 0.5 * std::hypot(where.right - where.left, where.bottom - where.top);
    const double levels = std::max(0.0, std::ceil(std::log2(2 * radius / chip_side))) + 1;
    const double reach = radius + 4 * std::exp2(levels) + 4;
    const double x = 0.5 * (where.left + where.right), y = 0.5 * (where.top + where.bottom);
    auto clamp = [](double value, int last) { return static_cast<int>(std::min(std::max(value, -1.0), last + 1.0)); };
    return {std::max(0, clamp(std::floor(x - reach), width)), std::max(0, clamp(std::floor(y - reach), height)),
            std::min(width - 1, clamp(std::ceil(x + reach), width)),
            std::min(height - 1, clamp(std::ceil(y + reach), height))};
}

}  // namespace rollcall
