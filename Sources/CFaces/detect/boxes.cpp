#include "boxes.h"

#include <algorithm>

namespace rollcall {

namespace {

double area(int left, int top, int right, int bottom) {
    return right < left || bottom < top ? 0 : (double(right) - left + 1) * (double(bottom) - top + 1);
}

double area(const found &box) { return area(box.left, box.top, box.right, box.bottom); }

bool overlap_too_much(const found &a, const found &b, double overlap, double coverage) {
    const double inner = area(std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                              std::min(a.bottom, b.bottom));
    if (inner == 0) return false;
    const double outer = area(std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
                              std::max(a.bottom, b.bottom));
    return inner / outer > overlap || inner / area(a) > coverage || inner / area(b) > coverage;
}

}  // namespace

void keep_the_best(std::vector<found> &candidates, double overlap, double coverage) {
    // Ties as the eye reads, so that every processor gives the same order.
    std::sort(candidates.begin(), candidates.end(), [](const found &a, const found &b) {
        if (a.confidence != b.confidence) return a.confidence > b.confidence;
        return a.top != b.top ? a.top < b.top : a.left != b.left ? a.left < b.left : a.right < b.right;
    });
    size_t kept = 0;
    for (const found &each : candidates) {
        const bool seen = std::any_of(candidates.begin(), candidates.begin() + kept, [&](const found &better) {
            return overlap_too_much(better, each, overlap, coverage);
        });
        if (!seen) candidates[kept++] = each;
    }
    candidates.resize(kept);
}

}  // namespace rollcall
