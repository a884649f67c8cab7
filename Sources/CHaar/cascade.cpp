#include "cascade.h"

#include <algorithm>

namespace haar {
namespace {

/// Where a child leads to must be a later node, so that a walk ends, or a leaf.
bool leads_somewhere(int child, int index, int nodes) {
    return child > 0 ? child > index && child < nodes : -child <= nodes;
}

/// The corners of a tilted rectangle, as the tilted integral image is asked for them.
bool lies_in(const feature::rectangle &part, bool is_tilted, int width, int height) {
    const int left = is_tilted ? part.x - part.height : part.x;
    const int down = is_tilted ? part.width + part.height : part.height;
    return left >= 0 && part.y >= 0 && part.width > 0 && part.height > 0 && part.x + part.width <= width &&
           part.y + down <= height;
}

}  // namespace

bool cascade::has_tilted() const {
    return std::any_of(features.begin(), features.end(), [](const feature &each) { return each.is_tilted; });
}

std::string cascade::fault() const {
    if (width < 3 || height < 3 || width > limit::window || height > limit::window)
        return "its window is " + std::to_string(width) + "x" + std::to_string(height) + " pixels, not between 3 and " +
               std::to_string(limit::window);
    if (stages.empty()) return "it has no stages";
    if (features.empty()) return "it has no features";
    size_t first_tree = 0, first_node = 0;
    for (size_t s = 0; s < stages.size(); ++s) {
        for (int t = 0; t < stages[s].trees; ++t) {
            const std::string place = "tree " + std::to_string(t) + " of stage " + std::to_string(s);
            const int count = trees[first_tree + t].nodes;
            for (int n = 0; n < count; ++n) {
                const node &each = nodes[first_node + n];
                if (each.feature < 0 || size_t(each.feature) >= features.size())
                    return place + " names feature " + std::to_string(each.feature) + " of " +
                           std::to_string(features.size());
                if (!leads_somewhere(each.left, n, count) || !leads_somewhere(each.right, n, count))
                    return place + " leads nowhere from node " + std::to_string(n);
            }
            first_node += count;
        }
        first_tree += stages[s].trees;
    }
    for (size_t f = 0; f < features.size(); ++f) {
        for (const feature::rectangle &part : features[f].rectangles) {
            if (part.weight != 0 && !lies_in(part, features[f].is_tilted, width, height))
                return "a rectangle of feature " + std::to_string(f) + " leaves the window";
        }
    }
    return "";
}

}  // namespace haar
