// The detector's section of the model pack: what tools/modelpack/detector.cpp writes and model.cpp reads where it lies.
// Numbers are little-endian; every block begins at a multiple of 64 bytes from the section's start.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall::detector_format {

/// Another last digit whenever a block means something else than before.
constexpr uint8_t magic[8] = {'r', 'c', '-', 'h', 'o', 'g', '0', '1'};

constexpr int filters = 5;  ///< frontal, left, right, and frontal turned to either side
constexpr int side = 10;    ///< cells of a window in each direction
constexpr int planes = 32;  ///< 31 features of a cell and a zero

/// double[filters] what a window's score must reach; then double[2]: the overlap test's IoU and coverage.
constexpr size_t thresholds_at = 64;
/// float[filters][side rows][side columns][planes], the last plane zero.
constexpr size_t weights_at = 128;
constexpr size_t size = weights_at + sizeof(float) * filters * side * side * planes;

}  // namespace rollcall::detector_format
