// Frontal faces by dlib's five HOG filters (Dalal & Triggs, CVPR 2005; King, arXiv:1502.00046), with dlib's boxes.
#pragma once

#include <memory>
#include <vector>

#include "../luma.h"
#include "../pack/section.h"
#include "../simd/processor.h"

namespace rollcall {

/// Where and what to look for.
struct search {
    double threshold = 0;   ///< added to dlib's own thresholds
    int minimum_face = 80;  ///< pixels; dlib's least is 80. Smaller levels of the pyramid are left out whole
    rectangle region;       ///< only this part of the image, as if it were the image; the whole one if empty
};

/// A face: pixels of the whole image, all four sides belong to it; it may reach over the border, as dlib's do.
struct found {
    int left, top, right, bottom;
    double confidence;  ///< the filter's score above dlib's threshold
};

/// Single-threaded; keeps its buffers, so that another image of the same size allocates nothing.
class detector {
public:
    /// Throws std::runtime_error when the section is not one of this version. The bytes must outlive the detector.
    explicit detector(section model, isa processor);
    ~detector();
    detector(detector &&) noexcept;
    detector &operator=(detector &&) noexcept;

    /// dlib's detections, best first. No face in an image that is smaller than three cells (20 pixels).
    void detect(const luma &image, const search &what, std::vector<found> &out);

    /// As detect, but every window is scored with every weight: what detect is measured against.
    void detect_exhaustively(const luma &image, const search &what, std::vector<found> &out);

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace rollcall
