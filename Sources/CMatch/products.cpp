#include "CMatch.h"

namespace {

/// Every processor that we know has vectors of four: the rows of a shortlist are so few that wider ones gain nothing.
typedef float four __attribute__((vector_size(16), aligned(4), may_alias));

}  // namespace

void rm_products(const float *rows, size_t count, size_t width, const float *probe, float *products) {
    const auto *with = reinterpret_cast<const four *>(probe);
    for (size_t row = 0; row < count; ++row) {
        const auto *of = reinterpret_cast<const four *>(rows + row * width);
        four sums[4] = {};
        for (size_t i = 0; i < width / 4; i += 4)
            for (size_t lane = 0; lane < 4; ++lane) sums[lane] += of[i + lane] * with[i + lane];
        const four sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        products[row] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    }
}
