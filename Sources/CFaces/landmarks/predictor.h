// 68 points of a face by an ensemble of regression trees (Kazemi & Sullivan, One Millisecond Face Alignment with an
// Ensemble of Regression Trees, CVPR 2014), with dlib's points.
#pragma once

#include <memory>

#include "../luma.h"
#include "../pack/section.h"
#include "../simd/processor.h"

namespace rollcall {

/// Single-threaded; allocates nothing after its construction.
class predictor {
public:
    /// Throws std::runtime_error when the section is not one of this version. The bytes must outlive the predictor.
    explicit predictor(section model, isa processor);
    ~predictor();
    predictor(predictor &&) noexcept;
    predictor &operator=(predictor &&) noexcept;

    /// x and y of dlib's 68 points in `box` (all four sides belong to it; it may reach over the border, where pixels
    /// are 0), in pixels, before dlib rounds them: floor(point + 0.5) in doubles is its point.
    void predict(const luma &image, const rectangle &box, float points[136]);

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace rollcall
