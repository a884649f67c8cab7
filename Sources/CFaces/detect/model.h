#pragma once

#include "../pack/section.h"
#include "format.h"
#include "kernels.h"

namespace rollcall {

/// The detector's section: what is small copied, what is large where it lies in the mapped file.
struct detector_model {
    double thresholds[detector_format::filters];
    double overlap, coverage;  ///< two boxes above one of these are one face
    const float *weights;      ///< [filters][side][side][planes]
    cascade looks;

    /// Throws std::runtime_error when the section is not one of this version.
    explicit detector_model(section);

    const float *filter(int f) const {
        using namespace detector_format;
        return weights + static_cast<size_t>(f) * side * side * planes;
    }
};

}  // namespace rollcall
