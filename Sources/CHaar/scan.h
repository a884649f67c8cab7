#pragma once

#include <cstdint>

#include "cascade.h"

namespace haar {

/// A node with its feature's corners as distances in the integral image: four for each of three rectangles.
struct placed_node {
    int32_t corners[4 * feature::most];
    float weights[feature::most];
    float threshold;
    int32_t left, right;  // as in node
};

/// A cascade, ready to look at windows.
struct scan_plan {
    const placed_node *nodes;
    const tree *trees;
    const float *leaves;
    const stage *stages;
    int stage_count;
    int32_t border[4];  // corners of the rectangle by whose brightness and contrast a window is normalised
    double area;        // its pixels
};

/// One row of windows, the first of which begins at `sums` and `squares`. So many numbers behind the last window's may
/// be read as `slack` says.
struct scan_row {
    const uint32_t *sums, *squares;
    int columns;  // windows, one pixel apart
    int step;     // 1, or 2 to look at every second one
    float *spread;
    int32_t *alive;  // room for columns + slack each
    int32_t *hits;   // room for columns
};

constexpr int slack = 16;

/// Writes the columns of the windows that pass every stage, and returns how many there are.
typedef int (*scan_function)(const scan_plan &, const scan_row &);

/// The one for the widest vectors that this processor has.
scan_function widest_scan();

namespace base {
int scan(const scan_plan &, const scan_row &);
}
#if defined(__x86_64__)
namespace avx2 {
int scan(const scan_plan &, const scan_row &);
}
namespace avx512 {
int scan(const scan_plan &, const scan_row &);
}
#endif

}  // namespace haar
