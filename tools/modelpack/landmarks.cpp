// The predictor of 68 points in the layout of Sources/CFaces/landmarks/format.h, which says why.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <sstream>
#include <stdexcept>

#include "../../Sources/CFaces/landmarks/format.h"
#include "sections.h"

namespace modelpack {

namespace {

using namespace rollcall::landmarks_format;

/// dlib::shape_predictor keeps its parts to itself: what it serializes is read again.
struct parts_of_predictor {
    explicit parts_of_predictor(const dlib::shape_predictor &predictor) {
        std::stringstream bytes;
        serialize(predictor, bytes);
        int version = 0;
        dlib::deserialize(version, bytes);
        dlib::deserialize(shape, bytes);
        dlib::deserialize(forests, bytes);
        dlib::deserialize(anchors, bytes);
        dlib::deserialize(deltas, bytes);
    }

    dlib::matrix<float, 0, 1> shape;
    std::vector<std::vector<dlib::impl::regression_tree>> forests;
    std::vector<std::vector<unsigned long>> anchors;
    std::vector<std::vector<dlib::vector<float, 2>>> deltas;
};

[[noreturn]] void refuse(const char *what) { throw std::runtime_error(std::string("the landmark model has ") + what); }

void check(const parts_of_predictor &parts) {
    if (parts.shape.size() != coordinates) refuse("not 68 points");
    if (parts.forests.empty() || parts.forests.size() > most_cascades || parts.deltas[0].size() > most_features ||
        parts.forests[0].size() > most_trees)
        refuse("more cascades, trees or features than Rollcall can take");
    for (size_t cascade = 0; cascade < parts.forests.size(); ++cascade) {
        if (parts.forests[cascade].size() != parts.forests[0].size() ||
            parts.deltas[cascade].size() != parts.deltas[0].size())
            refuse("cascades of different sizes");
        for (const auto &tree : parts.forests[cascade])
            if (tree.leaf_values.size() != leaves || tree.splits.size() != leaves - 1) refuse("trees of another depth");
    }
}

void put(std::vector<uint8_t> &bytes, size_t at, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

void put(std::vector<uint8_t> &bytes, size_t at, float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    put(bytes, at, bits, sizeof bits);
}

/// K of a coordinate (format.h): a quarter of the last bit of the smallest float that its sum passes. Faces and their
/// boxes move a coordinate by 0.14 at most from the mean face, all but a few; what comes still nearer to zero has
/// errors far below the others' last bits.
int exponent_of(float coordinate) {
    const float smallest = std::max(std::abs(coordinate) - 0.14f, 0x1p-4f);
    return 23 + 2 - std::ilogb(smallest);
}

/// A leaf's number in the terms of the format: `floor`, and whether that is the number itself.
struct number {
    int32_t floor;
    bool exact;
};

number number_of(float value, int exponent) {
    const double scaled = std::ldexp(static_cast<double>(value), exponent - 1);
    const double below = std::floor(scaled);
    return {static_cast<int32_t>(below), below == scaled};
}

/// Signed.
int bits_of(int32_t value) {
    int bits = 1;
    for (uint32_t rest = static_cast<uint32_t>(value < 0 ? ~value : value); rest; rest >>= 1) ++bits;
    return bits;
}

/// The bits of a block. When one of its numbers is exact all have one bit more, if there is room.
struct block_bits {
    int bits;
    bool exact;
};

/// How many coordinates block `i` has: the last one has fewer.
int size_of(int i) { return std::min(block, coordinates - i * block); }

block_bits bits_of(const number *numbers, const uint8_t *order, int which) {
    block_bits result{1, false};
    for (int i = which * block; i < which * block + size_of(which); ++i) {
        result.bits = std::max(result.bits, bits_of(numbers[order[i]].floor));
        result.exact |= numbers[order[i]].exact;
    }
    if (result.bits > most_bits) refuse("a leaf that moves a point too far");
    // 27 bits from an odd place in a byte are not in any 32.
    if (result.bits == most_bits) result.exact = false;
    return result;
}

/// All leaves' numbers, one leaf after another.
std::vector<number> numbers_of(const parts_of_predictor &parts, const int *exponents) {
    std::vector<number> numbers;
    for (const auto &forest : parts.forests)
        for (const auto &tree : forest)
            for (const auto &leaf : tree.leaf_values)
                for (int i = 0; i < coordinates; ++i) numbers.push_back(number_of(leaf(i), exponents[i]));
    return numbers;
}

/// Which coordinates share a block: coordinates that are large and small together. From an order by size two lanes at
/// a time are exchanged as long as that makes a sample of leaves smaller.
std::vector<uint8_t> order_of(const std::vector<number> &numbers) {
    constexpr size_t every = 41;
    std::vector<uint8_t> bits[coordinates];
    long sums[coordinates] = {};
    for (size_t leaf = 0; leaf < numbers.size(); leaf += every * coordinates)
        for (int i = 0; i < coordinates; ++i) {
            bits[i].push_back(static_cast<uint8_t>(2 * bits_of(numbers[leaf + i].floor) + numbers[leaf + i].exact));
            sums[i] += bits[i].back();
        }
    std::vector<uint8_t> order(coordinates);
    for (int i = 0; i < coordinates; ++i) order[i] = static_cast<uint8_t>(i);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return sums[a] < sums[b]; });

    std::vector<uint8_t> most(bits[0].size()), exact(bits[0].size());
    auto cost_of = [&](int place) {
        std::fill(most.begin(), most.end(), 0), std::fill(exact.begin(), exact.end(), 0);
        for (int i = 0; i < size_of(place); ++i) {
            const std::vector<uint8_t> &lane = bits[order[place * block + i]];
            for (size_t leaf = 0; leaf < lane.size(); ++leaf)
                most[leaf] = std::max<uint8_t>(most[leaf], lane[leaf] / 2), exact[leaf] |= lane[leaf] & 1;
        }
        long cost = 0;
        for (size_t leaf = 0; leaf < most.size(); ++leaf) cost += most[leaf] + exact[leaf];
        return cost * size_of(place);
    };
    long costs[blocks];
    for (int i = 0; i < blocks; ++i) costs[i] = cost_of(i);
    uint32_t chance = 1;
    auto random_lane = [&] { return static_cast<int>(((chance = chance * 1664525 + 1013904223) >> 8) % coordinates); };
    for (int fruitless = 0; fruitless < 50000; ++fruitless) {
        const int a = random_lane(), b = random_lane();
        if (a / block == b / block) continue;
        std::swap(order[a], order[b]);
        const long cost_a = cost_of(a / block), cost_b = cost_of(b / block);
        if (cost_a + cost_b < costs[a / block] + costs[b / block])
            costs[a / block] = cost_a, costs[b / block] = cost_b, fruitless = 0;
        else
            std::swap(order[a], order[b]);
    }
    return order;
}

/// A leaf's head. A block's four bits say how many more bits it has than its width and the leaf's, 7 at most, and
/// whether it is exact.
struct leaf_head {
    int base;           ///< 0 to 15
    int codes[blocks];  ///< 0 to 15
};

leaf_head head_of(const block_bits *bits, const uint8_t *widths) {
    leaf_head head{0, {}};
    for (int i = 0; i < blocks; ++i) head.base = std::max(head.base, bits[i].bits - widths[i] - 7);
    for (int i = 0; i < blocks; ++i) {
        const int more = std::max(0, bits[i].bits - widths[i] - head.base);
        head.codes[i] = 2 * more + bits[i].exact;
    }
    return head;
}

/// The number with so many bits, from bit `at` of `bytes` on.
void put_bits(std::vector<uint8_t> &bytes, size_t at, int32_t value, int bits) {
    for (int i = 0; i < bits; ++i)
        if (static_cast<uint32_t>(value) >> i & 1) bytes[(at + i) / 8] |= static_cast<uint8_t>(1 << (at + i) % 8);
}

void put_leaf(std::vector<uint8_t> &bytes, const number *numbers, const uint8_t *order, const uint8_t *widths) {
    block_bits bits[blocks];
    for (int i = 0; i < blocks; ++i) bits[i] = bits_of(numbers, order, i);
    const leaf_head head = head_of(bits, widths);
    if (head.base > 15) refuse("a leaf with too many bits");
    bytes.assign(head_bytes, static_cast<uint8_t>(head.base));
    std::fill(bytes.begin() + 1, bytes.end(), 0);
    for (int i = 0; i < blocks; ++i) bytes[(i + 1) / 2] |= static_cast<uint8_t>(head.codes[i] << 4 * ((i + 1) % 2));
    for (int i = 0; i < blocks; ++i) {
        const int code = 2 * (head.base + widths[i]) + head.codes[i], wide = (code + 1) / 2;
        const size_t at = bytes.size();
        bytes.resize(at + size_of(i) * wide / 8);
        for (int lane = 0; lane < size_of(i); ++lane) {
            const number &value = numbers[order[i * block + lane]];
            // An exact block has n itself: twice the floor, and the half between it and the next unless it is exact.
            put_bits(bytes, 8 * at + lane * wide, code % 2 ? 2 * value.floor + !value.exact : value.floor, wide);
        }
    }
}

/// A leaf's bytes, and where the section says where they are.
struct packed_leaf {
    size_t entry;
    std::vector<uint8_t> bytes;
};

/// The bits of each block when a leaf's head is zero: so far below what it has in the mean that the leaves with the
/// smallest numbers waste little and the largest are within 15 bits of it.
std::vector<uint8_t> widths_of(const std::vector<number> &numbers, const std::vector<uint8_t> &order) {
    long sums[blocks] = {}, count = 0;
    for (size_t leaf = 0; leaf < numbers.size(); leaf += 41 * coordinates, ++count)
        for (int i = 0; i < blocks; ++i) sums[i] += bits_of(&numbers[leaf], order.data(), i).bits;
    std::vector<uint8_t> widths;
    for (long sum : sums) {
        const long mean = (sum + count / 2) / count;
        widths.push_back(static_cast<uint8_t>(std::min(15L, std::max(1L, mean - 9))));
    }
    return widths;
}

uint32_t node_of(const dlib::impl::split_feature &split, size_t features) {
    if (split.idx1 >= features || split.idx2 >= features) refuse("a tree that asks for a feature that is none");
    // A difference of two bytes is larger than a threshold when it is no smaller than the next whole number.
    const int threshold = static_cast<int>(std::floor(std::min(std::max(split.thresh, -512.0f), 512.0f))) + 1;
    return static_cast<uint32_t>(split.idx1 | split.idx2 << 10 | static_cast<uint32_t>(threshold + 2048) << 20);
}

}  // namespace

std::vector<uint8_t> landmarks_section(const dlib::shape_predictor &predictor) {
    const parts_of_predictor parts(predictor);
    check(parts);
    const size_t cascades = parts.forests.size(), trees = parts.forests[0].size(), features = parts.deltas[0].size();
    int exponents[coordinates];
    for (int i = 0; i < coordinates; ++i) exponents[i] = exponent_of(parts.shape(i));
    const std::vector<number> numbers = numbers_of(parts, exponents);
    const std::vector<uint8_t> order = order_of(numbers), widths = widths_of(numbers, order);
    int lane_of[coordinates];
    for (int lane = 0; lane < coordinates; ++lane) lane_of[order[lane]] = lane;

    const size_t each = cascade_bytes(trees, features);
    std::vector<uint8_t> bytes(cascades_begin + cascades * each), all_leaves;
    std::memcpy(bytes.data(), magic, sizeof magic);
    put(bytes, cascades_at, cascades, 4), put(bytes, trees_at, trees, 4), put(bytes, features_at, features, 4);
    for (int lane = 0; lane < coordinates; ++lane) {
        bytes[order_at + lane] = order[lane];
        put(bytes, scale_at + 4 * lane, std::ldexp(1.0f, exponents[order[lane]]));
        put(bytes, shape_at + 4 * lane, parts.shape(order[lane]));
    }
    std::copy(widths.begin(), widths.end(), bytes.begin() + widths_at);

    const number *next = numbers.data();
    for (size_t cascade = 0; cascade < cascades; ++cascade) {
        size_t at = cascades_begin + cascade * each;
        for (size_t i = 0; i < features; ++i) {
            const unsigned long anchor = parts.anchors[cascade][i];
            if (anchor >= points) refuse("a feature whose anchor is no point");
            put(bytes, at + 4 * i, parts.deltas[cascade][i].x());
            put(bytes, at + 4 * (wide(features) + i), parts.deltas[cascade][i].y());
            bytes[at + 8 * wide(features) + i] = static_cast<uint8_t>(lane_of[2 * anchor]);
            bytes[at + 9 * wide(features) + i] = static_cast<uint8_t>(lane_of[2 * anchor + 1]);
        }
        at += 10 * wide(features);
        const size_t leaf_table = at + groups(trees) * group * nodes * sizeof(uint32_t);
        std::vector<std::vector<packed_leaf>> ranked(leaves);
        for (size_t tree = 0; tree < trees; ++tree) {
            const auto &splits = parts.forests[cascade][tree].splits;
            for (int i = 0; i < nodes; ++i) {
                const size_t place = (tree / group * nodes + i) * group + tree % group;
                put(bytes, at + 4 * place, node_of(splits[i], features), 4);
            }
            std::vector<packed_leaf> own;
            for (int i = 0; i < leaves; ++i, next += coordinates) {
                own.push_back({leaf_table + 4 * (tree * leaves + i), {}});
                put_leaf(own.back().bytes, next, order.data(), widths.data());
            }
            std::stable_sort(own.begin(), own.end(), [](const packed_leaf &a, const packed_leaf &b) {
                return a.bytes.size() < b.bytes.size();
            });
            for (int i = 0; i < leaves; ++i) ranked[i].push_back(std::move(own[i]));
        }
        for (const auto &rank : ranked)
            for (const packed_leaf &leaf : rank) {
                put(bytes, leaf.entry, all_leaves.size(), 4);
                all_leaves.insert(all_leaves.end(), leaf.bytes.begin(), leaf.bytes.end());
            }
    }
    all_leaves.resize(all_leaves.size() + leaf_reach);
    put(bytes, leaf_bytes_at, all_leaves.size(), 4);
    bytes.insert(bytes.end(), all_leaves.begin(), all_leaves.end());
    return bytes;
}

}  // namespace modelpack
