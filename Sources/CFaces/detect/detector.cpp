#include "detector.h"

#include <algorithm>

#include "boxes.h"
#include "buffers.h"
#include "model.h"
#include "patches.h"

namespace rollcall {

using namespace detector_format;

struct detector::parts {
    detector_model model;
    const kernels &run;
    std::vector<shrink_plan> plans;
    std::vector<uint8_t> levels[2];
    std::vector<float> row, features;
    feature_room of_features;
    coarse_room of_looks;
    std::vector<candidate> candidates;
    std::vector<patch> patches;

    parts(section from, isa processor) : model(from), run(kernels_for(processor)) {}

    void propose(const luma &level, const grid &cells, double threshold);
    void score_patch(const luma &level, const grid &cells, const patch &windows, int depth, double threshold,
                     std::vector<found> &out);
    void detect(luma image, const search &what, bool every_window, std::vector<found> &out);
};

/// The windows of a level that the coarse look does not reject, by row.
void detector::parts::propose(const luma &level, const grid &cells, double threshold) {
    candidates.clear();
    const coarse_buffers coarse = of_looks.of(cells, run.lanes);
    run.coarse_map(level, cells, coarse, model.looks.projection);
    cascade looks = model.looks;
    // A lower threshold lets windows through that the looks were not measured with; as much lower, they pass too.
    for (int f = 0; f < filters; ++f) {
        looks.first_least[f] += static_cast<float>(std::min(threshold, 0.0));
        looks.least[f] += static_cast<float>(std::min(threshold, 0.0));
    }
    for (int y = 0; y < cells.rows; ++y) {
        const size_t known = candidates.size();
        candidates.resize(known + cells.columns);
        const int more = run.propose(coarse.map + y * channels * coarse.map_stride, coarse.map_stride, cells.columns,
                                     looks, candidates.data() + known);
        for (int i = 0; i < more; ++i) candidates[known + i].row = y;
        candidates.resize(known + more);
    }
}

/// dlib's scores of the candidates in a patch of windows.
void detector::parts::score_patch(
    const luma &level, const grid &cells, const patch &windows, int depth, double threshold, std::vector<found> &out) {
    const patch where = {windows.left - before, windows.top - before, windows.columns + before + after,
                         windows.rows + before + after};
    const size_t stride = static_cast<size_t>(where.columns) * planes;
    float *of_cells = room(features, stride * where.rows);
    run.features(level, cells, where, of_features.of(where, run.lanes), of_cells);
    for (const candidate &each : candidates) {
        const int x = each.column - windows.left, y = each.row - windows.top;
        if (x < 0 || y < 0 || x >= windows.columns || y >= windows.rows) continue;
        for (int f = 0; f < filters; ++f) {
            if (!(each.filters >> f & 1)) continue;
            const float score = run.score(of_cells + y * stride + x * planes, stride, model.filter(f));
            if (score < model.thresholds[f] + threshold) continue;
            const rectangle box = box_of(each.column, each.row, depth);
            out.push_back({box.left, box.top, box.right, box.bottom, score - model.thresholds[f]});
        }
    }
}

void detector::parts::detect(luma image, const search &what, bool every_window, std::vector<found> &out) {
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
            const int stride = static_cast<int>(whole_vectors(plan.columns + beyond, 64));
            uint8_t *to = room(levels[l % 2], static_cast<size_t>(stride) * plan.rows);
            run.shrink(level, plan, room(row, level.width + beyond), to, stride);
            level = {to, plan.columns, plan.rows, stride};
        }
        // The largest level that does not find faces of the least size too large is the first.
        if (face_side(l + 1) <= what.minimum_face) continue;
        const grid cells(level);
        if (cells.is_empty()) continue;
        if (every_window) {
            candidates.clear();
            for (int y = 0; y < cells.rows; ++y)
                for (int x = 0; x < cells.columns; ++x) candidates.push_back({x, y, (1 << filters) - 1});
        } else {
            propose(level, cells, what.threshold);
        }
        patches_around(candidates, cells, patches);
        for (const patch &windows : patches) score_patch(level, cells, windows, l, what.threshold, out);
    }
    keep_the_best(out, model.overlap, model.coverage);
    for (found &each : out) each.left += left, each.right += left, each.top += top, each.bottom += top;
}

detector::detector(section from, isa processor) : parts_(std::make_unique<parts>(from, processor)) {}
detector::~detector() = default;
detector::detector(detector &&) noexcept = default;
detector &detector::operator=(detector &&) noexcept = default;

void detector::detect(const luma &image, const search &what, std::vector<found> &out) {
    parts_->detect(image, what, false, out);
}

void detector::detect_exhaustively(const luma &image, const search &what, std::vector<found> &out) {
    parts_->detect(image, what, true, out);
}

}  // namespace rollcall
