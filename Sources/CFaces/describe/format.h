// The network's section of the model pack: what tools/modelpack/network.cpp writes and network.cpp reads where it lies.
// Numbers are little-endian; every block begins at a multiple of 64 bytes from the section's start.
//
//     at  bytes
//      0      8  magic
//      8      4  1 when the wide layers' weights have 16 bits (IEEE 754 binary16), else 0
//     12      4  zeros
//     16      8  size of the section
//     64         for each of the 30 layers, in their order: bias (float[outputs]), then the weights
//
// Weights are [matrices][outputs / 16][depth][16]: matrix after matrix, panels of 16 outputs, and in a panel for each
// number that is multiplied the 16 weights that it is multiplied by. It is the order in which all kernels read them,
// whatever the width of their vectors.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall::network_format {

/// Another last digit whenever a block means something else than before.
constexpr uint8_t magic[8] = {'r', 'c', '-', 'n', 'e', 't', '0', '1'};
constexpr size_t half_at = 8, size_at = 16, layers_at = 64;
constexpr int panel = 16;

/// How a layer is computed, which decides what its weights are.
enum class method {
    stem,      ///< 7x7 filters at every second pixel, as Winograd's F(3x3, 4x4) on blocks of 2x2 pixels
    tiles4x4,  ///< 3x3 filters, Winograd's F(4x4, 3x3)
    tiles2x2,  ///< 3x3 filters, Winograd's F(2x2, 3x3)
    direct,    ///< 3x3 filters: one matrix, its depth [row of the filter][column][input]
    centre,    ///< 3x3 filters of which only the middle meets the image
    full       ///< every input with every output, no bias (zeros stand there)
};

struct layer {
    method how;
    int inputs, outputs;

    /// Winograd has one matrix for each element of a transformed tile.
    constexpr int matrices() const {
        return how == method::stem || how == method::tiles4x4 ? 36 : how == method::tiles2x2 ? 16 : 1;
    }
    constexpr int depth() const { return how == method::direct ? 9 * inputs : inputs; }
    constexpr size_t weights() const { return size_t(matrices()) * outputs * depth(); }
    /// Whether half-precision pays: where weights are many and used few times, reading them is what takes the time.
    constexpr bool is_wide() const { return outputs >= 128; }
    constexpr size_t bias_bytes() const { return sizeof(float) * outputs; }
    constexpr size_t weight_bytes(bool half) const { return weights() * (half && is_wide() ? 2 : 4); }
};

/// All layers with weights, in the order of the computation; names are those of dlib's dnn_face_recognition_ex.cpp.
constexpr layer layers[] = {
    {method::stem, 12, 32},
    // level4, 35x35 pixels
    {method::tiles4x4, 32, 32}, {method::tiles4x4, 32, 32}, {method::tiles4x4, 32, 32},
    {method::tiles4x4, 32, 32}, {method::tiles4x4, 32, 32}, {method::tiles4x4, 32, 32},
    // level3, 17x17
    {method::direct, 32, 64}, {method::tiles4x4, 64, 64},
    {method::tiles4x4, 64, 64}, {method::tiles4x4, 64, 64}, {method::tiles4x4, 64, 64},
    {method::tiles4x4, 64, 64}, {method::tiles4x4, 64, 64}, {method::tiles4x4, 64, 64},
    // level2, 8x8
    {method::direct, 64, 128}, {method::tiles2x2, 128, 128},
    {method::tiles2x2, 128, 128}, {method::tiles2x2, 128, 128},
    {method::tiles2x2, 128, 128}, {method::tiles2x2, 128, 128},
    // level1, 3x3 on a 4x4 sum
    {method::direct, 128, 256}, {method::direct, 256, 256},
    {method::direct, 256, 256}, {method::direct, 256, 256}, {method::direct, 256, 256}, {method::direct, 256, 256},
    // level0, 1x1 on a 2x2 sum
    {method::direct, 256, 256}, {method::centre, 256, 256},
    // the mean of each channel, times a matrix
    {method::full, 256, 128},
};
constexpr int layer_count = sizeof(layers) / sizeof(layers[0]);

constexpr size_t size_of(bool half) {
    size_t size = layers_at;
    for (const layer &each : layers) size += each.bias_bytes() + each.weight_bytes(half);
    return size;
}

static_assert(layer_count == 30, "29 convolutions and a matrix");

}  // namespace rollcall::network_format
