#include "shrink_plan.h"

#include <algorithm>
#include <cmath>

#include "grid.h"

namespace rollcall {

void shrink_plan::make(int from_width, int from_height, int lanes) {
    if (from_width == width && from_height == height) return;
    width = from_width, height = from_height;
    columns = shrunk(width), rows = shrunk(height);
    left.assign(columns, 0);
    fraction.assign(columns, 0);
    lookup.assign(columns, 0);
    const double step = (width - 1) / static_cast<double>(std::max(columns - 1, 1));
    step_y = (height - 1) / static_cast<double>(std::max(rows - 1, 1));
    float x[4];
    for (int lane = 0; lane < 4; ++lane) x[lane] = static_cast<float>(-4 * step + lane * step);
    int c = 0;
    for (;; c += 4) {
        for (float &each : x) each += static_cast<float>(4 * step);
        if (static_cast<int>(x[3]) + 1 >= width || c + 4 > columns) break;
        for (int lane = 0; lane < 4; ++lane) {
            left[c + lane] = static_cast<int>(x[lane]);
            fraction[c + lane] = x[lane] - static_cast<float>(left[c + lane]);
        }
    }
    rounded_columns = c;
    double at = -step + c * step;
    for (; c < columns; ++c) {
        at += step;
        left[c] = static_cast<int>(std::floor(at));
        fraction[c] = static_cast<float>(at - left[c]);
    }
    for (c = 0; c < columns; ++c) lookup[c] = left[c] - left[c - c % lanes];
}

}  // namespace rollcall
