#pragma once

#include <cstdint>
#include <memory>

#include "../pack/section.h"
#include "../simd/processor.h"
#include "kernels.h"

namespace rollcall {

/// The network of dlib_face_recognition_resnet_model_v1 (He et al., CVPR 2016): a face's chip to 128 numbers, as dlib
/// computes them. The weights are used where they lie in the section, which must outlive it. Not for several threads.
class network {
public:
    /// Takes all memory that it will need. Throws std::runtime_error when the section is not a network's.
    network(section model, isa processor);

    /// chip[150][150][3], RGB, as align/chip.h cuts it; out[128], to be compared by Euclidean distance.
    void describe(const uint8_t *chip, float *out);

private:
    layer_weights layers_[30];
    describe_function describe_;
    std::unique_ptr<workspace> work_;
};

}  // namespace rollcall
