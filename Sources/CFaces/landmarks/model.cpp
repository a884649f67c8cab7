#include "model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace rollcall {

using namespace landmarks_format;

namespace {

[[noreturn]] void refuse() { throw std::runtime_error("the section of the landmarks is not one of this version"); }

uint32_t number_at(const uint8_t *bytes, size_t at) {
    uint32_t number;
    std::memcpy(&number, bytes + at, sizeof number);
    return number;
}

/// Every feature, leaf and anchor that the cascade names exists.
bool is_sound(const landmark_cascade &cascade, int trees, int features, int wide, size_t leaf_bytes) {
    for (int i = 0; i < wide; ++i)
        if (cascade.x_lane[i] >= coordinates || cascade.y_lane[i] >= coordinates || !std::isfinite(cascade.x[i]) ||
            !std::isfinite(cascade.y[i]))
            return false;
    const uint32_t limit = static_cast<uint32_t>(features);
    const size_t all = groups(trees) * group;
    for (size_t i = 0; i < all * nodes; ++i)
        if ((cascade.trees[i] & 1023) >= limit || (cascade.trees[i] >> 10 & 1023) >= limit) return false;
    for (size_t i = 0; i < all * leaves; ++i)
        if (size_t(cascade.leaf[i]) + leaf_reach > leaf_bytes) return false;
    return true;
}

/// Which bytes hold each number, of `together` numbers from their first byte on, and how far these are shifted until
/// its highest bit is the highest of 32.
template <int count>
void place_numbers(int bits, int together, uint8_t (&bytes)[4 * count], int32_t (&left)[count]) {
    for (int i = 0; i < count; ++i) {
        const int bit = i * bits - i / together * together * bits / 8 * 8, shift = bit % 8;
        // Codes beyond the format's take anything: the leaves are read, but not beyond their end.
        for (int byte = 0; byte < 4; ++byte)
            bytes[4 * i + byte] = static_cast<uint8_t>((bit / 8 + byte) % (4 * together));
        left[i] = std::max(0, 32 - bits - shift);
    }
}

landmark_unpacking unpacking_of(int code) {
    const int bits = (code + 1) / 2, odd = code % 2 == 0;
    landmark_unpacking way;
    place_numbers<8>(bits, 4, way.bytes, way.left);
    std::fill(way.right, way.right + 8, std::min(31, std::max(0, 32 - bits - odd)));
    std::fill(way.odd, way.odd + 8, odd);
    return way;
}

wide_landmark_unpacking wide_unpacking_of(int code) {
    const int bits = (code + 1) / 2, odd = code % 2 == 0, below = std::min(31, std::max(0, 32 - bits));
    wide_landmark_unpacking way;
    place_numbers<16>(bits, 16, way.bytes, way.left);
    way.kept = ~uint32_t(0) << below;
    way.odd = odd ? uint32_t(1) << below >> 1 : 0;
    way.unit = std::ldexp(1.0f, odd - below);
    return way;
}

}  // namespace

landmark_model::landmark_model(section from) {
    if (!from.bytes || from.size < cascades_begin || reinterpret_cast<uintptr_t>(from.bytes) % 64 != 0 ||
        std::memcmp(from.bytes, magic, sizeof magic) != 0)
        refuse();
    const size_t count = number_at(from.bytes, cascades_at), tree_count = number_at(from.bytes, trees_at);
    const size_t feature_count = number_at(from.bytes, features_at), leaf_bytes = number_at(from.bytes, leaf_bytes_at);
    if (count < 1 || count > most_cascades || tree_count < 1 || tree_count > most_trees || feature_count < 1 ||
        feature_count > most_features)
        refuse();
    const size_t each = cascade_bytes(tree_count, feature_count);
    if (from.size != cascades_begin + count * each + leaf_bytes) refuse();

    auto &[trees, features, wide, scale, shape, order, widths, leaves, unpacking, wide_unpacking, along,
           across] = tables;
    trees = static_cast<int>(tree_count), features = static_cast<int>(feature_count);
    wide = static_cast<int>(landmarks_format::wide(feature_count));
    order = from.bytes + order_at;
    scale = reinterpret_cast<const float *>(from.bytes + scale_at);
    shape = reinterpret_cast<const float *>(from.bytes + shape_at);
    widths = from.bytes + widths_at;
    leaves = from.bytes + cascades_begin + count * each;
    cascades.reserve(count);
    for (size_t i = 0; i < count; ++i) {
        const uint8_t *at = from.bytes + cascades_begin + i * each;
        landmark_cascade cascade;
        cascade.x = reinterpret_cast<const float *>(at);
        cascade.y = cascade.x + wide;
        cascade.x_lane = reinterpret_cast<const uint8_t *>(cascade.y + wide);
        cascade.y_lane = cascade.x_lane + wide;
        cascade.trees = reinterpret_cast<const uint32_t *>(cascade.y_lane + wide);
        cascade.leaf = cascade.trees + groups(tree_count) * group * nodes;
        if (!is_sound(cascade, trees, features, wide, leaf_bytes)) refuse();
        cascades.push_back(cascade);
    }

    int lane_of[coordinates];
    std::fill(lane_of, lane_of + coordinates, -1);
    for (int lane = 0; lane < coordinates; ++lane) {
        if (order[lane] >= coordinates || lane_of[order[lane]] >= 0 || !std::isfinite(shape[lane]) ||
            !std::isfinite(1 / scale[lane]) || !std::isfinite(scale[lane]))
            refuse();
        lane_of[order[lane]] = lane;
    }
    for (int i = 0; i < blocks; ++i)
        if (widths[i] > 15) refuse();

    double mean[2] = {}, spread = 0;
    for (int lane = 0; lane < coordinates; ++lane) mean[order[lane] % 2] += shape[lane] / points;
    for (int lane = 0; lane < coordinates; ++lane) spread += std::pow(shape[lane] - mean[order[lane] % 2], 2);
    if (!(spread > 0)) refuse();
    for (int point = 0; point < points; ++point) {
        const int x = lane_of[2 * point], y = lane_of[2 * point + 1];
        along[x] = across[y] = (shape[x] - mean[0]) / spread;
        along[y] = (shape[y] - mean[1]) / spread;
        across[x] = -along[y];
    }

    unpacking_ = std::make_unique<landmark_unpacking[]>(codes);
    wide_unpacking_ = std::make_unique<wide_landmark_unpacking[]>(codes);
    for (int code = 0; code < codes; ++code) {
        unpacking_[code] = unpacking_of(code);
        wide_unpacking_[code] = wide_unpacking_of(code);
    }
    unpacking = unpacking_.get(), wide_unpacking = wide_unpacking_.get();
}

}  // namespace rollcall
