#pragma once

#include <vector>

#include "kernels.h"

namespace rollcall {

/// Rectangles of windows that cover the candidates, each of them once: near ones share a patch, because most of a close
/// look is the cells, and never more cells than the whole level has.
void patches_around(const std::vector<candidate> &candidates, const grid &cells, std::vector<patch> &out);

}  // namespace rollcall
