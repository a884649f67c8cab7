// The landmarks' section of the model pack: what tools/modelpack/landmarks.cpp writes and model.cpp reads where it is.
// Numbers are little-endian; every block begins at a multiple of 64 bytes from the section's start.
//
// The predictor is a sum: the mean face plus one leaf of each of 7,500 trees, 136 numbers each, which dlib adds one
// after another in floats. Which pixels a tree compares depends on the sum so far, so the last bit of a coordinate can
// change a pixel, the pixel a leaf, and the leaf every point by pixels: 16-bit leaves, rounded the best they can be,
// move a point by more than 0.05 pixel in one face of five. So the sum is dlib's own, bit for bit, with less memory:
//
// - A float sum does not see what lies far below its last bit. Let U be the smallest last bit that a coordinate has
//   during the sum. Where between two multiples of U/2 a leaf's number lies then makes no difference, unless it is one
//   of them (it may be a tie, which is rounded to even): the multiple below is kept, in 16 bits in the mean instead of
//   32. Blocks with a multiple in them keep one bit more.
// - Eight blocks of 16 coordinates and one of 8 that are of a size; each block of each leaf has as many bits as its
//   largest number needs.
// - A coordinate that goes below its U is added with an error of up to U/4: it happens to the few near zero.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall::landmarks_format {

/// Another last digit whenever a block means something else than before.
constexpr uint8_t magic[8] = {'r', 'c', '-', 'l', 'm', 'k', '0', '2'};

constexpr int points = 68, coordinates = 2 * points;
constexpr int depth = 4, leaves = 1 << depth;  ///< of every tree
constexpr int block = 16, blocks = (coordinates + block - 1) / block;  ///< the last one has 8

/// uint32_t each: how many cascades there are, trees in each, and pixels that its trees compare.
constexpr size_t cascades_at = 8, trees_at = 12, features_at = 16;
/// uint32_t: bytes of all leaves.
constexpr size_t leaf_bytes_at = 20;
/// uint8_t[136]: the coordinate (2 point, or 2 point + 1 for y) in each lane. What follows is in the order of lanes.
constexpr size_t order_at = 64;
/// float[136]: 2^K. A leaf's number n stands for n 2^-K.
constexpr size_t scale_at = 256;
/// float[136]: dlib's initial_shape.
constexpr size_t shape_at = 832;
/// uint8_t[9]: bits of each block when a leaf's head is zero; at most 15.
constexpr size_t widths_at = 1408;
constexpr size_t cascades_begin = 1472;

/// A cascade, `wide` features long: float x[], y[]: from its anchor to the pixel, in the mean face; uint8_t x_lane[],
/// y_lane[]: the anchor's lanes; uint32_t trees[][15][16]: of 16 trees at a time their roots, then each next node;
/// uint32_t leaf[][16]: where each leaf of each tree begins among all leaves. Zeros fill up the last 16 trees.
/// A node is: first feature (10 bits), second feature (10), threshold + 2048 (12); go left when first - second >=
/// threshold. Node i's children are 2 i + 1 and 2 i + 2.
constexpr size_t wide(size_t features) { return (features + 63) / 64 * 64; }
constexpr int group = 16, nodes = leaves - 1;
constexpr size_t groups(size_t trees) { return (trees + group - 1) / group; }
constexpr size_t cascade_bytes(size_t trees, size_t features) {
    return wide(features) * (2 * sizeof(float) + 2) + groups(trees) * group * (nodes + leaves) * sizeof(uint32_t);
}
constexpr size_t most_features = 1024, most_cascades = 64, most_trees = 4096;

/// A leaf: its head of ten times four bits from the lowest on, one for the leaf and one for each block, and then the
/// blocks, from the lowest bit on, each in whole bytes. With `code` = 2 (leaf's + block's width) + block's, a number
/// has (code + 1) / 2 bits, signed: n when `code` is odd, (n - 1) / 2 when it is even.
constexpr size_t head_bytes = (4 * (1 + blocks) + 7) / 8;
constexpr int most_bits = 26;
constexpr int codes = 2 * (15 + 15) + 16;
/// What may be read of a leaf, whatever its head is; the leaves end in as many zeros.
constexpr size_t leaf_reach = 1024;

}  // namespace rollcall::landmarks_format
