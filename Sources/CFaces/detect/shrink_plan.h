#pragma once

#include <cstdint>
#include <vector>

namespace rollcall {

/// Which two columns make a column of the next level, and how much of the second: dlib's resize_image walks along a row
/// in steps of float, four lanes at a time, and the few columns after its vectors in double; both are followed, because
/// a grey value that is rounded the other way is another image.
struct shrink_plan {
    int width = 0, height = 0;       ///< of the level before
    int columns = 0, rows = 0;       ///< of the next level
    int rounded_columns = 0;         ///< rounded to the nearest value; those after them are truncated
    double step_y = 0;
    std::vector<int32_t> left;       ///< [columns]
    std::vector<float> fraction;     ///< [columns]
    std::vector<int32_t> lookup;     ///< [columns] left, counted from that of the first column of its vector

    /// `lanes`: columns of a vector. Does nothing when the plan is already for this size.
    void make(int width, int height, int lanes);
};

}  // namespace rollcall
