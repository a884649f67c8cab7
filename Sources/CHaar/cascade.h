#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace haar {

/// What is accepted of a cascade. OpenCV's largest has 47 stages, 9,000 nodes and 2.7 MB.
namespace limit {
constexpr size_t file = 8u << 20;     // bytes
constexpr int depth = 16;             // elements inside one another
constexpr size_t text = 1u << 16;     // bytes in one element
constexpr size_t stages = 1000;
constexpr size_t trees = 100000;      // of all stages
constexpr size_t tree_nodes = 255;
constexpr size_t features = 100000;
constexpr int window = 256;           // pixels: the squares of so many still fit in 32 bits
}  // namespace limit

/// Sums of luma over two or three rectangles, weighted: a Haar feature in the window's own coordinates.
struct feature {
    static constexpr int most = 3;
    struct rectangle {
        int x = 0, y = 0, width = 0, height = 0;
        float weight = 0;
    } rectangles[most];
    /// Turned by 45 degrees about (x, y): the width goes down to the right, the height down to the left.
    bool is_tilted = false;
};

/// Below `threshold` to the left, otherwise to the right: above 0 a node of the same tree, else a leaf of it, negated.
struct node {
    int feature = 0;
    float threshold = 0;
    int left = 0, right = 0;
};

/// A tree of n nodes has n + 1 leaves. Both follow those of the tree before.
struct tree {
    int nodes = 0;
};

/// A window goes on when the leaves that its trees reach add up to `threshold` or more.
struct stage {
    float threshold = 0;
    int trees = 0;
};

struct cascade {
    int width = 0, height = 0;
    std::vector<stage> stages;
    std::vector<tree> trees;
    std::vector<node> nodes;
    std::vector<float> leaves;
    std::vector<feature> features;

    bool has_tilted() const;

    /// What keeps the parts from fitting together, empty when they do: every index leads to something, no tree is
    /// endless, every rectangle lies in the window.
    std::string fault() const;
};

}  // namespace haar
