#pragma once

#include <vector>

#include "cascade.h"
#include "group.h"
#include "integral.h"
#include "resize.h"
#include "scan.h"

namespace haar {

/// What to look for; sides in pixels, 0 for no limit.
struct wanted {
    double scale_factor;
    int min_neighbours;
    int min_side, max_side;
};

/// Slides a cascade's window over an image at every scale, as OpenCV's CascadeClassifier::detectMultiScale does.
class detector {
public:
    explicit detector(cascade from);

    const cascade &model() const { return model_; }

    /// Faces, or windows when `wanted.min_neighbours` is 0; valid until the next call.
    const std::vector<box> &detect(const luma &image, const wanted &wanted);

private:
    void choose_scales(const luma &image, const wanted &wanted);
    void reserve(int width, int height);
    void place_corners();
    void scan(const luma &image, float scale, int stripes);

    cascade model_;
    std::vector<placed_node> nodes_;
    scan_function scan_row_;
    scan_plan plan_{};
    resizer resizer_;
    grouping grouping_;
    std::vector<float> scales_;
    std::vector<uint8_t> pixels_;     // the image at the scale that is looked at
    std::vector<uint32_t> integral_;  // sums, squares, tilted sums, one after another
    integrals tables_{};
    size_t rows_ = 0;
    std::vector<float> spread_;
    std::vector<int32_t> alive_, hits_;
    std::vector<box> boxes_;
};

}  // namespace haar
