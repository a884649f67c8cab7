#include "CMatch.h"

#include <algorithm>
#include <new>

#include "gallery.h"

struct rm_gallery {
    rollcall::gallery gallery;
};

rm_gallery *rm_gallery_make(const float *templates, const uint32_t *people, size_t count, rm_processor processor) {
    using rollcall::isa;
    const isa wanted = processor == RM_BASE     ? isa::base
                       : processor == RM_AVX2   ? isa::avx2
                       : processor == RM_AVX512 ? isa::avx512
                                                : rollcall::widest_isa();
    if (wanted > rollcall::widest_isa()) return nullptr;
    try {
        return new rm_gallery{rollcall::gallery(templates, people, count, wanted)};
    } catch (...) {
        return nullptr;
    }
}

void rm_gallery_free(rm_gallery *gallery) { delete gallery; }

size_t rm_gallery_scratch(const rm_gallery *gallery) { return gallery->gallery.scratch(); }

size_t rm_gallery_nearest(
    const rm_gallery *gallery, const float *probe, float *scratch, rm_neighbour *nearest, size_t wanted) {
    wanted = std::min<size_t>(wanted, RM_MOST_NEAREST);
    if (wanted == 0) return 0;
    rollcall::shortlist list(nearest, wanted);
    gallery->gallery.nearest(probe, scratch, list);
    return list.count();
}
