#include "detector.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace haar {
namespace {

int rounded(float value) { return int(std::lrint(value)); }
int rounded(double value) { return int(std::lrint(value)); }

/// The corners of an upright rectangle, as first - second - third + fourth.
void upright_corners(const feature::rectangle &part, ptrdiff_t stride, int32_t out[4]) {
    const ptrdiff_t top = part.x + stride * part.y, bottom = top + stride * part.height;
    out[0] = int32_t(top);
    out[1] = int32_t(top + part.width);
    out[2] = int32_t(bottom);
    out[3] = int32_t(bottom + part.width);
}

/// Of a tilted one: its uppermost corner, the left one, the right one and the lowest.
void tilted_corners(const feature::rectangle &part, ptrdiff_t stride, ptrdiff_t table, int32_t out[4]) {
    const ptrdiff_t top = table + part.x + stride * part.y;
    const ptrdiff_t down_left = (stride - 1) * part.height, down_right = (stride + 1) * part.width;
    out[0] = int32_t(top);
    out[1] = int32_t(top + down_left);
    out[2] = int32_t(top + down_right);
    out[3] = int32_t(top + down_left + down_right);
}

}  // namespace

detector::detector(cascade from) : model_(std::move(from)), nodes_(model_.nodes.size()), scan_row_(widest_scan()) {
    scales_.reserve(1024);
    boxes_.reserve(grouping::most);
}

/// From the cascade's own window on by the factor, as far as the image reaches. If none of them is within the limits,
/// the one nearest to the smallest wanted: OpenCV does so for callers who ask for one exact size.
void detector::choose_scales(const luma &image, const wanted &wanted) {
    scales_.clear();
    if (image.width < model_.width || image.height < model_.height) return;
    const int max_width = wanted.max_side > 0 ? wanted.max_side : image.width;
    const int max_height = wanted.max_side > 0 ? wanted.max_side : image.height;
    float nearest = 1;
    double least = DBL_MAX;
    bool is_above = false;
    for (double factor = 1;; factor *= wanted.scale_factor) {
        if (rounded(model_.width * factor) > image.width || rounded(model_.height * factor) > image.height) break;
        const float scale = float(factor);
        const int width = rounded(model_.width * scale), height = rounded(model_.height * scale);
        is_above = is_above || width > max_width || height > max_height;
        if (!is_above && width >= wanted.min_side && height >= wanted.min_side) scales_.push_back(scale);
        const double dx = wanted.min_side - width, dy = wanted.min_side - height;
        if (dx * dx + dy * dy < least) {
            least = dx * dx + dy * dy;
            nearest = scale;
        }
    }
    if (scales_.empty()) scales_.push_back(nearest);
}

/// Room for the image at its largest scale. It only grows, so that parts of a frame cost nothing now and then.
void detector::reserve(int width, int height) {
    resizer_.reserve(width, height);
    const size_t pixels = size_t(width) * height;
    if (pixels_.size() < pixels) pixels_.resize(pixels);
    const size_t stride = (size_t(width) + 16) & ~size_t(15), rows = size_t(height) + 1;
    if (stride <= tables_.stride && rows <= rows_) return;
    tables_.stride = std::max(stride, tables_.stride);
    rows_ = std::max(rows, rows_);
    const size_t table = tables_.stride * rows_;
    integral_.resize(table * (model_.has_tilted() ? 3 : 2) + slack);
    spread_.resize(tables_.stride + slack);
    alive_.resize(tables_.stride + slack);
    hits_.resize(tables_.stride);
    tables_.sums = integral_.data();
    tables_.squares = tables_.sums + table;
    tables_.tilted = model_.has_tilted() ? tables_.squares + table : nullptr;
    place_corners();
}

void detector::place_corners() {
    const ptrdiff_t stride = ptrdiff_t(tables_.stride), tilted = tables_.tilted - tables_.sums;
    upright_corners({1, 1, model_.width - 2, model_.height - 2, 1}, stride, plan_.border);
    plan_.area = double(model_.width - 2) * (model_.height - 2);
    plan_.nodes = nodes_.data();
    plan_.trees = model_.trees.data();
    plan_.leaves = model_.leaves.data();
    plan_.stages = model_.stages.data();
    plan_.stage_count = int(model_.stages.size());
    for (size_t i = 0; i < nodes_.size(); ++i) {
        const node &from = model_.nodes[i];
        const feature &what = model_.features[from.feature];
        placed_node &to = nodes_[i];
        to = {};
        for (int part = 0; part < feature::most; ++part) {
            const feature::rectangle &rectangle = what.rectangles[part];
            if (rectangle.weight == 0) continue;
            to.weights[part] = rectangle.weight;
            if (what.is_tilted) {
                tilted_corners(rectangle, stride, tilted, to.corners + 4 * part);
            } else {
                upright_corners(rectangle, stride, to.corners + 4 * part);
            }
        }
        to.threshold = from.threshold;
        to.left = from.left;
        to.right = from.right;
    }
}

void detector::scan(const luma &image, float scale, int stripes) {
    const int width = rounded(image.width / scale), height = rounded(image.height / scale);
    resizer_.run(image, pixels_.data(), width, height);
    integrate(pixels_.data(), width, height, tables_);
    const int columns = std::max(width + 1 - model_.width, 0);
    int rows = std::max(height + 1 - model_.height, 0);
    const int step = scale >= 2 ? 1 : 2;
    // OpenCV cuts the rows into stripes of whole steps; at an odd height its rounding can leave out the last row.
    rows = std::min(rows, stripes * std::max((rows / step + stripes - 1) / stripes, 1) * step);
    const box window{0, 0, rounded(model_.width * scale), rounded(model_.height * scale), 1};
    for (int y = 0; y < rows; y += step) {
        const size_t row = size_t(y) * tables_.stride;
        const scan_row windows{
            tables_.sums + row, tables_.squares + row, columns, step, spread_.data(), alive_.data(), hits_.data()};
        const int count = scan_row_(plan_, windows);
        for (int i = 0; i < count && boxes_.size() < grouping::most; ++i) {
            boxes_.push_back(window);
            boxes_.back().left = rounded(hits_[i] * scale);
            boxes_.back().top = rounded(y * scale);
        }
    }
}

const std::vector<box> &detector::detect(const luma &image, const wanted &wanted) {
    boxes_.clear();
    choose_scales(image, wanted);
    if (scales_.empty()) return boxes_;
    const int largest = rounded(image.width / scales_[0]);
    reserve(largest, rounded(image.height / scales_[0]));
    const int stripes = int(std::ceil(std::max(largest + 1 - model_.width, 0) / 32.));
    for (const float scale : scales_) scan(image, scale, stripes);
    grouping_.run(boxes_, wanted.min_neighbours);
    // The mean of windows at the border may reach over it by a pixel.
    const auto clipped = [&](box each) {
        const int right = std::min(each.left + each.width, image.width);
        const int bottom = std::min(each.top + each.height, image.height);
        each.left = std::max(each.left, 0);
        each.top = std::max(each.top, 0);
        each.width = right - each.left;
        each.height = bottom - each.top;
        return each;
    };
    std::transform(boxes_.begin(), boxes_.end(), boxes_.begin(), clipped);
    return boxes_;
}

}  // namespace haar
