// What the detector does per pixel, cell and window, compiled for each processor from the same text.
#pragma once

#include "../luma.h"
#include "../simd/processor.h"
#include "grid.h"
#include "shrink_plan.h"

namespace rollcall {

/// Room for `features` over a patch: see features.inc. All of it is scratch.
struct feature_buffers {
    float *magnitudes;    ///< [pixels of a row]
    int32_t *bins;        ///< [pixels of a row]
    float *quads;         ///< [columns + 3][18][4]
    float *histograms;    ///< [rows + 2][columns + 2][32]
    float *energies;      ///< [rows + 2][columns + 2]
};

struct kernels {
    int lanes;

    /// The next level of dlib's pyramid. `row`: room for a row of floats and a vector more.
    void (*shrink)(const luma &from, const shrink_plan &plan, float *row, uint8_t *to, int stride);

    /// dlib's features of a patch, out[patch rows][patch columns][32]; zero beyond the border. Exact up to the order of
    /// float sums.
    void (*features)(const luma &level, const grid &cells, const patch &where, const feature_buffers &room, float *out);

    /// The score of one window: `cells` at its first cell, `stride` floats from row to row.
    float (*score)(const float *cells, size_t stride, const float *weights);
};

const kernels &kernels_for(isa processor);

namespace base { extern const kernels detect_kernels; }
#if defined(__x86_64__)
namespace avx2 { extern const kernels detect_kernels; }
namespace avx512 { extern const kernels detect_kernels; }
#endif

}  // namespace rollcall
