// The images between the layers, and the memory that they and the kernels work in.
#pragma once

#include <cstddef>

namespace rollcall {

/// Channels of each pixel together (NHWC), `Border` pixels of zeros above and left, and zeros below and right up to
/// `Padded` pixels: no kernel asks whether it is at an edge, and what reaches over it finds zeros.
template <int Side, int Channels, int Border = 0, int Padded = Side + 2 * Border>
struct map {
    static constexpr int side = Side, channels = Channels;
    static constexpr int row = Padded * Channels;
    static constexpr int size = Padded * row;
    static constexpr int origin = Border * row + Border * Channels;
};

using blocks_map = map<75, 16>;          // the chip in blocks of 2x2 pixels: 12 channels and 4 of zeros
using stem_map = map<72, 32>;            // these two exist only some lines at a time
using level4_map = map<35, 32, 1, 38>;   // 9 tiles of 4 pixels, and 2 more that the last tile reads
using level3_map = map<17, 64, 1, 22>;   // 5 tiles of 4
using level2_map = map<8, 128, 1>;       // 4 tiles of 2
using level1_inner_map = map<3, 256>;
using level1_map = map<4, 256>;
using level0_inner_map = map<1, 256>;
using level0_map = map<2, 256>;
using means_map = map<1, 256>;

/// Everything that a description needs beside the weights; zeroed once, so that the borders are zero.
struct workspace {
    template <typename Map> struct pair {
        alignas(64) float sum[Map::size];    // what the blocks of a level add to
        alignas(64) float inner[Map::size];  // between the two convolutions of a block
    };
    alignas(64) float blocks[9 * blocks_map::row];
    alignas(64) float stem[8 * stem_map::row];
    pair<level4_map> level4;
    pair<level3_map> level3;
    pair<level2_map> level2;
    pair<level1_map> level1;
    pair<level0_map> level0;
    alignas(64) float means[means_map::size];

    /// Winograd's transformed tiles (at most 36 matrices of 25 tiles and 64 channels) and their products (of 48 tiles
    /// and 32 channels, or as the tiles), with a line after each matrix.
    alignas(64) float tiles[36 * (25 * 64 + 16)];
    alignas(64) float products[36 * (25 * 64 + 16)];
    /// A direct convolution of 16 outputs before their bias: all pixels.
    alignas(64) float sums[17 * 17 * 16];
    /// One block of weights that was stored in 16 bits.
    alignas(64) float widened[256 * 16];
};

/// Where a layer's weights lie (format.h).
struct layer_weights {
    const float *bias;
    const void *weights;
};

}  // namespace rollcall
