// What each stage of Sources/CFaces finds in the pack, made of dlib's models: the bytes of one section, little-endian,
// the same on every processor. Blocks inside a section begin at multiples of 64 bytes from its start.
#pragma once

#include <cstdint>
#include <vector>

#include <dlib/image_processing/shape_predictor.h>

#include "../../Tests/CDlib/network.h"

namespace modelpack {

/// dlib's five-filter frontal detector, for detect/detector.h.
std::vector<uint8_t> detector_section();

/// The predictor of 68 points, for landmarks/predictor.h.
std::vector<uint8_t> landmarks_section(const dlib::shape_predictor &predictor);

/// The network that makes descriptors, for describe/network.h; `half`: most weights in 16 bits.
std::vector<uint8_t> network_section(rollcall::descriptor_network &network, bool half);

}  // namespace modelpack
