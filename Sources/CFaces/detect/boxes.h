#pragma once

#include <vector>

#include "detector.h"

namespace rollcall {

/// Sorts candidates, best first, and leaves of those that overlap the best one: dlib's test_box_overlap, IoU above
/// `overlap` or either covered by more than `coverage`.
void keep_the_best(std::vector<found> &candidates, double overlap, double coverage);

}  // namespace rollcall
