#pragma once

#include <cstddef>
#include <vector>

namespace haar {

struct box {
    int left, top, width, height;
    int neighbours;  // windows that it stands for
};

/// Turns windows into faces as OpenCV's groupRectangles does with eps 0.2. Its buffers are made once.
class grouping {
public:
    /// Windows past so many are not looked at: grouping compares each with each.
    static constexpr size_t most = 10000;

    grouping();

    /// Replaces `boxes` by the mean of each class of similar ones that has more than `threshold` members and does not
    /// lie in a better supported one.
    void run(std::vector<box> &boxes, int threshold);

private:
    int root(int of);

    std::vector<int> parent_, label_;
    std::vector<box> classes_;
};

}  // namespace haar
