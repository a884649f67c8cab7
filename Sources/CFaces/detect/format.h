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
constexpr int channels = 8; ///< planes of the coarse look
constexpr int taps = 16;    ///< the columns of a window in a vector of the widest processor, the last six zero
constexpr int units = 16;   ///< rows of channels that the first look sums

/// double[filters] what a window's score must reach; then double[2]: the overlap test's IoU and coverage.
constexpr size_t thresholds_at = 64;
/// float[filters] what the first sums and then the whole coarse score must reach.
constexpr size_t first_least_at = 128, least_at = first_least_at + 64;
/// int32[units] row * channels + channel.
constexpr size_t units_at = least_at + 64;
/// float[filters][side rows][side columns][planes], the last plane zero.
constexpr size_t weights_at = units_at + 64;
/// float[channels][planes], the last plane zero.
constexpr size_t projection_at = weights_at + sizeof(float) * filters * side * side * planes;
/// float[filters][side rows][channels][taps]
constexpr size_t coarse_at = projection_at + sizeof(float) * channels * planes;
/// float[units][side columns][filters]
constexpr size_t first_at = coarse_at + sizeof(float) * filters * side * channels * taps;
constexpr size_t size = first_at + (sizeof(float) * units * side * filters + 63) / 64 * 64;

}  // namespace rollcall::detector_format
