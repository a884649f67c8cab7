#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "../pack/section.h"
#include "format.h"

namespace rollcall {

/// One step of the predictor, where it lies in the pack: see format.h.
struct landmark_cascade {
    const float *x, *y;
    const uint8_t *x_lane, *y_lane;
    const uint32_t *trees, *leaf;
};

/// How 8 numbers are taken out of their bytes, for one code: each from the 32 bits that hold it,
/// (bits << left) >> right | odd.
struct alignas(128) landmark_unpacking {
    uint8_t bytes[32];  ///< of the 32 bits of each number, counted from the first byte of four numbers on
    int32_t left[8], right[8], odd[8];
};
/// The same for 16 numbers in one operation less: ((bits << left) & kept | odd) * unit. The product is exact.
struct alignas(64) wide_landmark_unpacking {
    uint8_t bytes[64];  ///< counted from the block's first byte on
    int32_t left[16];
    uint32_t kept, odd;
    float unit;
};

/// What the kernels read, and nothing whose code the processor's own compilation could put elsewhere.
struct landmark_tables {
    int trees, features, wide;
    const float *scale;     ///< [136]
    const float *shape;     ///< [136] dlib's initial shape, by lanes
    const uint8_t *order;   ///< [136] the coordinate of each lane
    const uint8_t *widths;  ///< [9]
    const uint8_t *leaves;
    const landmark_unpacking *unpacking;            ///< [codes]
    const wide_landmark_unpacking *wide_unpacking;  ///< [codes]

    /// The similarity that takes the initial shape nearest to another one (Umeyama, PAMI 1991) is [a -b; b a]:
    /// a = sum of along[lane] times its coordinate, b = sum of across[lane] times its coordinate.
    double along[landmarks_format::coordinates], across[landmarks_format::coordinates];
};

/// The section, checked: nothing that it says leads outside of it.
struct landmark_model {
    /// Throws std::runtime_error when the section is not one of this version. The bytes must outlive the model.
    explicit landmark_model(section from);

    landmark_tables tables;
    std::vector<landmark_cascade> cascades;

private:
    std::unique_ptr<landmark_unpacking[]> unpacking_;
    std::unique_ptr<wide_landmark_unpacking[]> wide_unpacking_;
};

}  // namespace rollcall
