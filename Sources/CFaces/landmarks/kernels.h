// One cascade of the predictor, compiled for each processor from the same text (kernels.inc).
#pragma once

#include "../luma.h"
#include "model.h"

namespace rollcall {

/// Where the unit square of the shapes lies in the image: its corner and sides in pixels.
struct shape_frame {
    double left, top, width, height;
};

/// Scratch of one cascade: where its features are, their pixels, and the leaves to which these lead.
struct landmark_buffers {
    uint32_t *columns, *rows;  ///< [wide]
    int32_t *pixels;           ///< [wide]
    uint32_t *leaves;          ///< [whole groups of trees]
};

/// Of a shape by lanes: whole blocks.
constexpr int landmark_lanes = landmarks_format::block * landmarks_format::blocks;

/// Adds to `shape`, which is by lanes and times its scale, what one cascade finds in the image. 64-byte aligned.
using landmark_step = void (*)(
    const landmark_tables &model, const landmark_cascade &cascade, const luma &image, const shape_frame &frame,
    const landmark_buffers &room, float *shape);

namespace base { extern const landmark_step landmark_cascade_step; }
#if defined(__x86_64__)
namespace avx2 { extern const landmark_step landmark_cascade_step; }
namespace avx512vbmi { extern const landmark_step landmark_cascade_step; }
#endif

}  // namespace rollcall
