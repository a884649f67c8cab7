// What the detector does per pixel, cell and window, compiled for each processor from the same text.
#pragma once

#include "../luma.h"
#include "../simd/processor.h"
#include "format.h"
#include "grid.h"
#include "shrink_plan.h"

namespace rollcall {

constexpr int coarse_channels = detector_format::channels;

/// Room for `features` over a patch: see features.inc. All of it is scratch.
struct feature_buffers {
    float *quads;         ///< [columns + 3, and more for whole vectors of 16-bit numbers][18][4]
    float *histograms;    ///< [rows + 2][columns + 2][32]
    float *energies;      ///< [rows + 2][columns + 2] and a vector more, as the next two
    float *limits, *scales;
};

/// Room for `coarse_map` and what it makes: the strides have room for a vector more than is asked for.
struct coarse_buffers {
    int16_t *kept;         ///< [kept_size]
    size_t kept_size;      ///< 18 for each pixel of whole vectors of cells
    float *histograms;     ///< [2][18][cells_stride]
    float *energies;       ///< [3][cells_stride]
    size_t cells_stride;   ///< cells of a row and two vectors more
    float *map;            ///< [rows + 9][channels][map_stride], and a vector more: what is made
    size_t map_stride;     ///< cells of a row with its zeros and two vectors more
};

/// What `propose` asks of a window, with pointers into the model. A unit is one channel of one row of cells.
struct cascade {
    const float *projection;        ///< [channels][planes]
    int units;
    const int32_t *unit;            ///< [units] row * channels + channel
    const float *first_weights;     ///< [units][side columns][filters]
    const float *weights;           ///< [filters][side rows][channels][taps]
    float first_least[detector_format::filters];
    float least[detector_format::filters];
};

/// A window that may be a face, and for which filters (a bit each).
struct candidate {
    int column, row, filters;
};

struct kernels {
    int lanes;

    /// The next level of dlib's pyramid. `row`: room for a row of floats and a vector more.
    void (*shrink)(const luma &from, const shrink_plan &plan, float *row, uint8_t *to, int stride);

    /// dlib's features of a patch, out[patch rows][patch columns][32]; zero beyond the border. Exact up to the order of
    /// float sums.
    void (*features)(const luma &level, const grid &cells, const patch &where, const feature_buffers &room, float *out);

    /// See coarse.inc.
    void (*coarse_map)(const luma &level, const grid &cells, const coarse_buffers &room, const float *projection);

    /// See cascade.inc.
    int (*propose)(const float *map, size_t stride, int columns, const cascade &plan, candidate *out);

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
