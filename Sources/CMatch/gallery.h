// Templates and who they belong to, searched exactly: first over their codes, then over the few that may be near.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "../CFaces/simd/processor.h"
#include "codes.h"
#include "shortlist.h"

namespace rollcall {

class gallery {
public:
    gallery(const float *templates, const uint32_t *people, size_t count, isa processor);

    size_t count() const { return people_.size(); }
    /// Floats that `nearest` needs to work in.
    size_t scratch() const { return blocks_ * (block + 1); }
    void nearest(const float *probe, float *scratch, shortlist &) const;

private:
    struct freed {
        void operator()(void *bytes) const { std::free(bytes); }
    };
    struct candidates;

    void centre();
    float step() const;
    void encode(size_t each);
    coded_probe code(const float *probe) const;
    void begin(const coded_probe &, const float *probe, const float *squares, const float *minima, shortlist &) const;
    void compare(const coded_probe &, const float *probe, candidates &, shortlist &) const;

    const match_kernels &kernels_;
    std::vector<float> templates_;
    std::vector<uint32_t> people_;
    size_t blocks_;
    std::unique_ptr<void, freed> memory_;  // of codes_ and fine_
    uint8_t *codes_;
    fine_code *fine_;
    std::vector<float> norms_, slacks_;    // filled up to whole blocks, as if with templates that are far away
    std::vector<float> largest_slacks_;    // one for each block
    float mean_[numbers] = {};
    float step_ = 1;
};

}  // namespace rollcall
