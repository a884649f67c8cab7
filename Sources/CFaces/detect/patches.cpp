#include "patches.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr int most_rows = 64;

/// Cells whose histograms a patch of windows needs.
long cost(const patch &windows) { return long(windows.columns + window + 1) * (windows.rows + window + 1); }

patch joined(const patch &a, const patch &b) {
    const int left = std::min(a.left, b.left), top = std::min(a.top, b.top);
    return {left, top, std::max(a.left + a.columns, b.left + b.columns) - left,
            std::max(a.top + a.rows, b.top + b.rows) - top};
}

bool contains(const patch &windows, const candidate &each) {
    return each.column >= windows.left && each.column < windows.left + windows.columns && each.row >= windows.top &&
           each.row < windows.top + windows.rows;
}

bool overlap(const patch &a, const patch &b) {
    return a.left < b.left + b.columns && b.left < a.left + a.columns && a.top < b.top + b.rows &&
           b.top < a.top + a.rows;
}

}  // namespace

void patches_around(const std::vector<candidate> &candidates, const grid &cells, std::vector<patch> &out) {
    out.clear();
    for (const candidate &each : candidates) {
        // Candidates come row by row: the patch that has the last one likely has this one.
        if (!out.empty() && contains(out.back(), each)) continue;
        patch grown = {each.column, each.row, 1, 1};
        for (size_t i = 0; i < out.size();) {
            const patch both = joined(out[i], grown);
            if (!overlap(out[i], grown) && cost(both) > cost(out[i]) + cost(grown)) {
                ++i;
                continue;
            }
            // Now it is larger and may be near others that it was not near before.
            grown = both;
            out[i] = out.back();
            out.pop_back();
            i = 0;
        }
        out.push_back(grown);
    }
    long sum = 0;
    for (const patch &each : out) sum += cost(each);
    const patch all = {0, 0, cells.columns, cells.rows};
    if (sum > cost(all)) out.assign(1, all);
    // In strips, or the features of a whole level of a large image would fill gigabytes.
    for (size_t i = 0; i < out.size(); ++i) {
        if (out[i].rows <= most_rows) continue;
        const patch rest = {out[i].left, out[i].top + most_rows, out[i].columns, out[i].rows - most_rows};
        out[i].rows = most_rows;
        out.push_back(rest);
    }
}

}  // namespace rollcall
