#include "CFaces.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "align/chip.h"
#include "align/cutter.h"
#include "describe/network.h"
#include "detect/detector.h"
#include "landmarks/predictor.h"
#include "luma.h"
#include "pack/pack.h"
#include "simd/processor.h"

namespace {

/// Half-precision weights pay where an instruction widens them. Base x86-64 has none: there the network takes a third
/// longer with them than with weights of 32 bits (docs/performance.md).
const char *network_section(rc_weights weights, rollcall::isa isa) {
#if defined(__x86_64__)
    if (isa == rollcall::isa::base) return "network32";
#endif
    (void)isa;
    return weights == RC_WEIGHTS_16 ? "network16" : "network32";
}

}  // namespace

/// The stages over one mapped pack. Their buffers live as long as the handle, so that the hot path allocates nothing.
struct rc_faces {
    rollcall::pack models;
    rollcall::detector detector;
    rollcall::predictor predictor;
    rollcall::chip_cutter cutter;
    rollcall::network network;
    std::vector<rollcall::found> found;
    std::string error;

    rc_faces(const char *pack, rc_weights weights, rollcall::isa isa)
        : models(pack),
          detector(models.find("detector"), isa),
          predictor(models.find("landmarks"), isa),
          cutter(isa),
          network(models.find(network_section(weights, isa)), isa) {}
};

namespace {

constexpr int32_t max_side = 16384;
/// Pixels: the window of the detector, which does not enlarge images.
constexpr int32_t least_face = 80;

bool usable(const rc_luma &image) {
    return image.pixels && image.width > 0 && image.height > 0 && image.width <= max_side &&
           image.height <= max_side && image.stride >= image.width;
}

/// Runs `body` and turns what it throws into a status: no exception leaves this file.
template <typename Body>
rc_status guarded(rc_faces *faces, Body body) noexcept {
    if (!faces) return RC_BAD_ARGUMENT;
    try {
        return body();
    } catch (const std::exception &failure) {
        try { faces->error = failure.what(); } catch (...) { faces->error.clear(); }
    } catch (...) {
        faces->error.clear();
    }
    return RC_FAILED;
}

rollcall::luma view_of(const rc_luma &image) { return {image.pixels, image.width, image.height, image.stride}; }

/// The part of the image that is searched. False when it cannot be.
bool searched_part(const rc_search &search, const rc_luma &image, rollcall::rectangle &region) {
    region = {};
    if (search.width == 0) return true;
    if (search.width < 0 || search.height <= 0 || search.left < 0 || search.top < 0 || search.left >= image.width ||
        search.top >= image.height || search.width > image.width - search.left ||
        search.height > image.height - search.top)
        return false;
    region = {search.left, search.top, search.left + search.width - 1, search.top + search.height - 1};
    return true;
}

/// The way of that name. False when this processor does not have it.
bool isa_of(rc_processor processor, rollcall::isa &isa) {
    const rollcall::isa widest = rollcall::widest_isa();
    switch (processor) {
    case RC_PROCESSOR_WIDEST: isa = widest; return true;
    case RC_PROCESSOR_BASE: isa = rollcall::isa::base; return true;
    case RC_PROCESSOR_AVX2: isa = rollcall::isa::avx2; return widest >= isa;
    case RC_PROCESSOR_AVX512: isa = rollcall::isa::avx512; return widest >= isa;
    }
    return false;
}

/// Runs what opens a pack, and puts what it throws into `message`.
template <typename Body>
rc_status opening(char *message, size_t message_size, Body body) noexcept {
    auto say = [&](const char *text) {
        if (message && message_size) std::snprintf(message, message_size, "%s", text);
    };
    try {
        say("");
        body();
        return RC_OK;
    } catch (const std::bad_alloc &) {
        say("there is no memory left for it");
        return RC_FAILED;
    } catch (const std::exception &failure) {
        say(failure.what());
    } catch (...) {
        say("it could not be read");
    }
    return RC_BAD_MODEL;
}

bool sensible(const rc_chip &chip) {
    for (double value : {chip.left, chip.top, chip.right, chip.bottom, chip.angle})
        if (!std::isfinite(value) || std::abs(value) > 1e6) return false;
    // Beyond this the pyramid would ask for more memory than any image of ours has.
    return chip.right - chip.left >= 1 && chip.bottom - chip.top >= 1 && chip.right - chip.left <= 4.0 * max_side &&
           chip.bottom - chip.top <= 4.0 * max_side;
}

rollcall::chip chip_at(const rc_chip &chip) { return {chip.left, chip.top, chip.right, chip.bottom, chip.angle}; }

}  // namespace

rc_status rc_faces_open(
    const char *pack, rc_options options, rc_faces **faces, char *message, size_t message_size) {
    if (message && message_size) *message = 0;
    if (!faces) return RC_BAD_ARGUMENT;
    *faces = nullptr;
    if (!pack || (options.weights != RC_WEIGHTS_32 && options.weights != RC_WEIGHTS_16)) return RC_BAD_ARGUMENT;
    rollcall::isa isa;
    if (!isa_of(options.processor, isa)) {
        if (message && message_size)
            std::snprintf(message, message_size, "this processor lacks the vector instructions that were asked for");
        return RC_NO_CPU;
    }
    return opening(message, message_size, [&] { *faces = new rc_faces(pack, options.weights, isa); });
}

rc_status rc_pack_check(const char *pack, rc_pack_facts *facts, char *message, size_t message_size) {
    if (message && message_size) *message = 0;
    if (!pack || !facts) return RC_BAD_ARGUMENT;
    *facts = {};
    return opening(message, message_size, [&] {
        const rollcall::pack checked(pack);
        facts->version = checked.version();
        facts->size = checked.size();
        std::snprintf(facts->checksum, sizeof facts->checksum, "%s", checked.checksum().c_str());
    });
}

void rc_faces_close(rc_faces *faces) { delete faces; }

const char *rc_faces_error(const rc_faces *faces) { return faces ? faces->error.c_str() : ""; }

rc_status rc_detect(
    rc_faces *faces, rc_luma image, rc_search search, rc_box *boxes, size_t capacity, size_t *count) {
    return guarded(faces, [&] {
        rollcall::search wanted;
        if (!usable(image) || !count || (capacity && !boxes) || !std::isfinite(search.threshold) ||
            search.minimum_face < 0 || !searched_part(search, image, wanted.region))
            return RC_BAD_ARGUMENT;
        *count = 0;
        wanted.threshold = search.threshold;
        wanted.minimum_face = std::max(search.minimum_face, least_face);
        faces->detector.detect(view_of(image), wanted, faces->found);
        *count = std::min(capacity, faces->found.size());
        std::transform(faces->found.begin(), faces->found.begin() + static_cast<ptrdiff_t>(*count), boxes,
                       [](const rollcall::found &each) -> rc_box {
                           return {each.left, each.top, each.right, each.bottom, each.confidence};
                       });
        return RC_OK;
    });
}

rc_status rc_landmarks(rc_faces *faces, rc_luma image, rc_box box, rc_point points[RC_LANDMARKS]) {
    return guarded(faces, [&] {
        if (!usable(image) || !points || box.right < box.left || box.bottom < box.top || box.left < -max_side ||
            box.top < -max_side || box.right > 2 * max_side || box.bottom > 2 * max_side)
            return RC_BAD_ARGUMENT;
        float places[2 * RC_LANDMARKS];
        faces->predictor.predict(view_of(image), {box.left, box.top, box.right, box.bottom}, places);
        // As dlib rounds its points.
        auto rounded = [](float place) { return static_cast<int32_t>(std::floor(place + 0.5)); };
        for (int i = 0; i < RC_LANDMARKS; ++i) points[i] = {rounded(places[2 * i]), rounded(places[2 * i + 1])};
        return RC_OK;
    });
}

rc_status rc_chip_of(rc_faces *faces, const rc_point points[RC_LANDMARKS], rc_chip *chip) {
    return guarded(faces, [&] {
        if (!points || !chip) return RC_BAD_ARGUMENT;
        int32_t places[2 * RC_LANDMARKS];
        for (int i = 0; i < RC_LANDMARKS; ++i) places[2 * i] = points[i].x, places[2 * i + 1] = points[i].y;
        const rollcall::chip found = rollcall::chip_of(places);
        *chip = {found.left, found.top, found.right, found.bottom, found.angle};
        return sensible(*chip) ? RC_OK : RC_BAD_ARGUMENT;
    });
}

rc_status rc_chip_region(rc_faces *faces, rc_chip chip, int32_t width, int32_t height, rc_box *region) {
    return guarded(faces, [&] {
        if (!region || !sensible(chip) || width <= 0 || height <= 0 || width > max_side || height > max_side)
            return RC_BAD_ARGUMENT;
        const rollcall::rectangle part = rollcall::region_of(chip_at(chip), width, height);
        *region = {part.left, part.top, part.right, part.bottom, 0};
        return RC_OK;
    });
}

rc_status rc_chip_cut(
    rc_faces *faces, const uint8_t *rgb, rc_box region, rc_chip chip, uint8_t out[RC_CHIP_BYTES]) {
    return guarded(faces, [&] {
        const int64_t columns = int64_t{region.right} - region.left + 1, rows = int64_t{region.bottom} - region.top + 1;
        if (!rgb || !out || !sensible(chip) || columns <= 0 || rows <= 0 || columns > max_side || rows > max_side)
            return RC_BAD_ARGUMENT;
        faces->cutter.cut(rgb, {region.left, region.top, region.right, region.bottom}, chip_at(chip), out);
        return RC_OK;
    });
}

rc_status rc_describe(rc_faces *faces, const uint8_t chip[RC_CHIP_BYTES], float descriptor[RC_DESCRIPTOR]) {
    return guarded(faces, [&] {
        if (!chip || !descriptor) return RC_BAD_ARGUMENT;
        faces->network.describe(chip, descriptor);
        return RC_OK;
    });
}
