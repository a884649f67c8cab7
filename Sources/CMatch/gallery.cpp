#include "gallery.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

#include <sys/mman.h>

namespace rollcall {

namespace {

const match_kernels &kernels_of(isa processor) {
#if defined(__x86_64__)
    if (processor == isa::avx512) return avx512::matching;
    if (processor == isa::avx2) return avx2::matching;
#endif
    (void)processor;
    return base::matching;
}

/// Memory for codes. Large ones lie in large pages where the kernel has them: that takes a tenth off a search whose
/// codes are not in the cache.
void *memory_for(size_t bytes) {
    constexpr size_t large = size_t(1) << 21;
    const size_t alignment = bytes < large / 2 ? 64 : large;
    bytes = (std::max<size_t>(bytes, 1) + alignment - 1) / alignment * alignment;
    void *memory = std::aligned_alloc(alignment, bytes);
    if (!memory) throw std::bad_alloc();
    if (alignment == large) madvise(memory, bytes, MADV_HUGEPAGE);
    return memory;
}

/// False when the template is certainly further than the reach; true for what is not a number, which numbers beyond
/// all reason can give.
bool may_be_near(float square, float slack, float reach) { return !(square > (reach + slack) * (reach + slack)); }

}  // namespace

/// Templates on their way from bound to bound.
struct gallery::candidates {
    static constexpr size_t room = 2 * block;
    uint32_t which[room];
    float squares[room];
    size_t count = 0;

    void add(size_t each, float square) {
        which[count] = static_cast<uint32_t>(each);
        squares[count++] = square;
    }
};

coded_probe gallery::code(const float *probe) const {
    coded_probe coded = {};
    float centred[numbers], largest = 0;
    for (int i = 0; i < numbers; ++i) {
        centred[i] = probe[i] - mean_[i];
        largest = std::max(largest, std::fabs(centred[i]));
    }
    const float unit = largest > 0 ? largest / 127 : 1;
    float norm = 0, lost = 0;
    int sum = 0;
    for (int i = 0; i < numbers; ++i) {
        const float scaled = std::min(std::max(centred[i] / unit, -127.0f), 127.0f);
        const int code = static_cast<int>(scaled + (scaled < 0 ? -0.5f : 0.5f));
        coded.codes[i] = static_cast<int8_t>(code);
        sum += code;
        const float value = unit * static_cast<float>(code);
        norm += value * value;
        lost += (centred[i] - value) * (centred[i] - value);
    }
    coded.norm = norm * (1 - rounding);
    coded.factor = unit * step_;
    coded.offset = 15 * sum;
    coded.slack = std::sqrt(lost) * (1 + rounding);
    return coded;
}

void gallery::nearest(const float *probe, float *scratch, shortlist &list) const {
    const coded_probe coded = code(probe);
    float *squares = scratch, *minima = scratch + blocks_ * block;
    kernels_.estimate(codes_, norms_.data(), blocks_, coded, squares, minima);
    begin(coded, probe, squares, minima, list);

    candidates few;
    for (size_t at = 0; at < blocks_; ++at) {
        const float reach = list.limit() * (1 + rounding) + coded.slack;
        if (!may_be_near(minima[at], largest_slacks_[at], reach)) continue;
        uint32_t near = kernels_.near(squares + at * block, &slacks_[at * block], reach);
        for (; near != 0; near &= near - 1) {
            const size_t each = at * block + static_cast<size_t>(__builtin_ctz(near));
            if (each >= count()) break;  // what fills the last block
            few.add(each, squares[each]);
            // They lie apart in memory: all of them are on their way before the first is needed.
            __builtin_prefetch(&fine_[each]);
            __builtin_prefetch(&fine_[each].slack);
        }
        if (few.count > few.room - block) compare(coded, probe, few, list);
    }
    compare(coded, probe, few, list);
}

/// The nearest by their estimates, so that the list's limit is about right before all others are held against it.
void gallery::begin(
    const coded_probe &coded, const float *probe, const float *squares, const float *minima, shortlist &list) const {
    rm_neighbour entries[RM_MOST_NEAREST];
    shortlist best(entries, list.wanted());
    for (size_t at = 0; at < blocks_; ++at)
        if (minima[at] < best.limit()) best.offer({static_cast<uint32_t>(at), minima[at]});
    candidates first;
    for (size_t i = 0; i < best.count(); ++i) {
        const size_t at = size_t(entries[i].person) * block, end = std::min(at + block, count());
        const float *least = std::min_element(squares + at, squares + end);
        first.add(static_cast<size_t>(least - squares), *least);
    }
    compare(coded, probe, first, list);
}

/// Those that may be near by the second bound too are compared in full.
void gallery::compare(const coded_probe &coded, const float *probe, candidates &few, shortlist &list) const {
    kernels_.refine(fine_, few.which, few.count, coded, few.squares);
    for (size_t i = 0; i < few.count; ++i) {
        const size_t each = few.which[i];
        if (!may_be_near(few.squares[i], fine_[each].slack, list.limit() * (1 + rounding) + coded.slack)) continue;
        list.offer({people_[each], kernels_.distance(&templates_[each * numbers], probe)});
    }
    few.count = 0;
}

gallery::gallery(const float *templates, const uint32_t *people, size_t count, isa processor)
    : kernels_(kernels_of(processor)),
      templates_(templates, templates + count * numbers),
      people_(people, people + count),
      blocks_((count + block - 1) / block),
      norms_(blocks_ * block, std::numeric_limits<float>::infinity()),
      slacks_(blocks_ * block, 0),
      largest_slacks_(blocks_, 0) {
    const size_t bytes = blocks_ * (block_bytes + block * sizeof(fine_code));
    memory_.reset(memory_for(bytes));
    codes_ = static_cast<uint8_t *>(memory_.get());
    fine_ = reinterpret_cast<fine_code *>(codes_ + blocks_ * block_bytes);
    std::fill(codes_, codes_ + bytes, uint8_t(0));
    centre();
    step_ = step();
    for (size_t each = 0; each < count; ++each) encode(each);
}

}  // namespace rollcall
