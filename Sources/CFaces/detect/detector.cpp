#include "detector.h"

#include <algorithm>

#include "boxes.h"
#include "grid.h"
#include "kernels.h"
#include "model.h"

namespace rollcall {

using namespace detector_format;

namespace {

/// At least `count` values; grows and never shrinks.
template <typename value>
value *room(std::vector<value> &buffer, size_t count) {
    if (buffer.size() < count) buffer.resize(count);
    return buffer.data();
}

constexpr size_t beyond = 64;  ///< bytes or floats that a vector may read or write after a row's end

}  // namespace

struct detector::parts {
    detector_model model;
    const kernels &run;
    std::vector<shrink_plan> plans;
    std::vector<uint8_t> levels[2];
    std::vector<float> row, magnitudes, quads, histograms, energies, features;
    std::vector<int32_t> bins;

    parts(section from, isa processor) : model(from), run(kernels_for(processor)) {}

    void score_all(const luma &level, int depth, double threshold, std::vector<found> &out);
    void detect(luma image, const search &what, std::vector<found> &out);
};

/// Every window of a level with every filter.
void detector::parts::score_all(const luma &level, int depth, double threshold, std::vector<found> &out) {
    const grid cells(level);
    if (cells.is_empty()) return;
    const patch all = {-before, -before, cells.columns + before + after, cells.rows + before + after};
    const size_t inside = static_cast<size_t>(cells.columns + 2) * (cells.rows + 2);
    const feature_buffers buffers = {
        room(magnitudes, level.width + beyond), room(bins, level.width + beyond),
        room(quads, static_cast<size_t>(cells.columns + 3) * 18 * 4), room(histograms, inside * planes),
        room(energies, inside)};
    const size_t stride = static_cast<size_t>(all.columns) * planes;
    float *cell_features = room(features, stride * all.rows);
    run.features(level, cells, all, buffers, cell_features);
    for (int f = 0; f < filters; ++f)
        for (int y = 0; y < cells.rows; ++y)
            for (int x = 0; x < cells.columns; ++x) {
                const float score = run.score(cell_features + y * stride + x * planes, stride, model.filter(f));
                if (score < model.thresholds[f] + threshold) continue;
                const rectangle box = box_of(x, y, depth);
                out.push_back({box.left, box.top, box.right, box.bottom, score - model.thresholds[f]});
            }
}

void detector::parts::detect(luma image, const search &what, std::vector<found> &out) {
    out.clear();
    int left = 0, top = 0;
    if (!what.region.is_empty()) {
        left = std::max(what.region.left, 0), top = std::max(what.region.top, 0);
        const int right = std::min(what.region.right, image.width - 1);
        const int bottom = std::min(what.region.bottom, image.height - 1);
        if (right < left || bottom < top) return;
        image.pixels += static_cast<size_t>(top) * image.stride + left;
        image.width = right - left + 1, image.height = bottom - top + 1;
    }
    if (image.width <= 0 || image.height <= 0) return;
    const int depth = levels_of(image.width, image.height);
    if (plans.size() < static_cast<size_t>(depth)) plans.resize(depth);
    luma level = image;
    for (int l = 0; l < depth; ++l) {
        if (l > 0) {
            shrink_plan &plan = plans[l];
            plan.make(level.width, level.height, run.lanes);
            const int stride = plan.columns + static_cast<int>(beyond);
            uint8_t *to = room(levels[l % 2], static_cast<size_t>(stride) * plan.rows);
            run.shrink(level, plan, room(row, level.width + beyond), to, stride);
            level = {to, plan.columns, plan.rows, stride};
        }
        // The largest level that does not find faces of the least size too large is the first.
        if (face_side(l + 1) <= what.minimum_face) continue;
        score_all(level, l, what.threshold, out);
    }
    keep_the_best(out, model.overlap, model.coverage);
    for (found &each : out) each.left += left, each.right += left, each.top += top, each.bottom += top;
}

detector::detector(section from, isa processor) : parts_(std::make_unique<parts>(from, processor)) {}
detector::~detector() = default;
detector::detector(detector &&) noexcept = default;
detector &detector::operator=(detector &&) noexcept = default;

void detector::detect(const luma &image, const search &what, std::vector<found> &out) {
    parts_->detect(image, what, out);
}

void detector::detect_exhaustively(const luma &image, const search &what, std::vector<found> &out) {
    parts_->detect(image, what, out);
}

}  // namespace rollcall
