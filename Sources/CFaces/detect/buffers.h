// The scratch of the detector's kernels: it grows with the largest level and never shrinks.
#pragma once

#include <cstdint>
#include <vector>

#include "grid.h"
#include "kernels.h"

namespace rollcall {

constexpr size_t beyond = 64;  ///< bytes or floats that a vector may read or write after a row's end

inline size_t whole_vectors(size_t count, size_t lanes) { return (count + lanes - 1) / lanes * lanes; }

/// At least `count` values, from the beginning of a cache line: a vector that lies in two takes twice as long. It grows
/// and never shrinks.
template <typename value>
value *room(std::vector<value> &buffer, size_t count) {
    constexpr size_t line = 64;
    if (buffer.size() < count + line / sizeof(value)) buffer.resize(count + line / sizeof(value));
    const auto at = reinterpret_cast<uintptr_t>(buffer.data());
    return reinterpret_cast<value *>((at + line - 1) / line * line);
}

/// What `features` needs.
class feature_room {
public:
    feature_buffers of(const patch &where, size_t lanes) {
        const size_t inside = static_cast<size_t>(where.columns + 2) * (where.rows + 2);
        const size_t squares = whole_vectors(where.columns + 3, 2 * lanes / cell);
        float *energies = room(energies_, 3 * (inside + beyond));
        return {room(quads_, squares * 18 * 4), room(histograms_, inside * detector_format::planes), energies,
                energies + inside + beyond, energies + 2 * (inside + beyond)};
    }

private:
    std::vector<float> quads_, histograms_, energies_;
};

/// What `coarse_map` needs, and the map it makes.
class coarse_room {
public:
    coarse_buffers of(const grid &cells, size_t lanes) {
        const size_t groups = whole_vectors(cells.columns + 3, lanes), around = before + after;
        const size_t cells_stride = groups + 2 * lanes;
        const size_t map_stride = whole_vectors(cells.columns + around, lanes) + 2 * lanes;
        const size_t kept_size = groups * cell * 18;
        float *histograms = room(rows_, (2 * 18 + 3) * cells_stride);
        float *map = room(map_, coarse_channels * map_stride * (cells.rows + around) + beyond);
        return {room(kept_, kept_size), kept_size, histograms, histograms + 2 * 18 * cells_stride, cells_stride, map,
                map_stride};
    }

private:
    std::vector<int16_t> kept_;
    std::vector<float> rows_, map_;
};

}  // namespace rollcall
