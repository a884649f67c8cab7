#include "group.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace haar {
namespace {

constexpr double eps = 0.2;

bool are_similar(const box &a, const box &b) {
    const double delta = eps * (std::min(a.width, b.width) + std::min(a.height, b.height)) * 0.5;
    return std::abs(a.left - b.left) <= delta && std::abs(a.top - b.top) <= delta &&
           std::abs(a.left + a.width - b.left - b.width) <= delta &&
           std::abs(a.top + a.height - b.top - b.height) <= delta;
}

/// To the nearest, halves to the even one.
int rounded(float value) { return int(std::lrint(value)); }
int rounded(double value) { return int(std::lrint(value)); }

/// `inner` lies in `outer`, give or take a fifth of it, and has not more windows for itself.
bool is_covered(const box &inner, const box &outer) {
    const int dx = rounded(outer.width * eps), dy = rounded(outer.height * eps);
    return inner.left >= outer.left - dx && inner.top >= outer.top - dy &&
           inner.left + inner.width <= outer.left + outer.width + dx &&
           inner.top + inner.height <= outer.top + outer.height + dy &&
           (outer.neighbours > std::max(3, inner.neighbours) || inner.neighbours < 3);
}

}  // namespace

grouping::grouping() {
    parent_.reserve(most);
    label_.reserve(most);
    classes_.reserve(most);
}

int grouping::root(int of) {
    while (parent_[of] != of) {
        parent_[of] = parent_[parent_[of]];
        of = parent_[of];
    }
    return of;
}

void grouping::run(std::vector<box> &boxes, int threshold) {
    if (threshold <= 0 || boxes.empty()) return;
    const int count = int(boxes.size());
    parent_.resize(count);
    for (int i = 0; i < count; ++i) parent_[i] = i;
    // Similarity is not transitive: a class is what is linked by similar boxes. Its root is its first box.
    for (int i = 0; i < count; ++i) {
        for (int j = 0; j < i; ++j) {
            if (!are_similar(boxes[i], boxes[j])) continue;
            const int a = root(i), b = root(j);
            parent_[std::max(a, b)] = std::min(a, b);
        }
    }
    // Classes are numbered by their first boxes.
    classes_.clear();
    label_.resize(count);
    for (int i = 0; i < count; ++i) {
        const int first = root(i);
        if (first == i) {
            label_[i] = int(classes_.size());
            classes_.push_back({0, 0, 0, 0, 0});
        }
        box &sum = classes_[label_[i] = label_[first]];
        sum.left += boxes[i].left;
        sum.top += boxes[i].top;
        sum.width += boxes[i].width;
        sum.height += boxes[i].height;
        ++sum.neighbours;
    }
    for (box &each : classes_) {
        const float share = 1.f / each.neighbours;
        each.left = rounded(each.left * share);
        each.top = rounded(each.top * share);
        each.width = rounded(each.width * share);
        each.height = rounded(each.height * share);
    }
    boxes.clear();
    for (const box &each : classes_) {
        if (each.neighbours <= threshold) continue;
        const auto covers = [&](const box &other) {
            return &other != &each && other.neighbours > threshold && is_covered(each, other);
        };
        if (std::none_of(classes_.begin(), classes_.end(), covers)) boxes.push_back(each);
    }
}

}  // namespace haar
