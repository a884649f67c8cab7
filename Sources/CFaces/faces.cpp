#include "CFaces.h"

#include <dlfcn.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_transforms.h>

#include "network.h"

struct rc_faces {
    dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
    dlib::shape_predictor predictor;
    rollcall::descriptor_network network;
    // Buffers that live as long as the handle, so that the hot path allocates little.
    dlib::array2d<unsigned char> luma;
    std::vector<dlib::rect_detection> detections;
    dlib::matrix<dlib::rgb_pixel> chip;
    std::string error;
};

namespace {

constexpr int32_t max_side = 16384;

/// dlib's view of memory that is not ours: what its generic image functions ask of an image, without a copy.
struct rgb_region {
    const dlib::rgb_pixel *pixels;
    long rows, columns;
};

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

void load_luma(rc_faces *faces, const rc_luma &image) {
    if (faces->luma.nr() != image.height || faces->luma.nc() != image.width)
        faces->luma.set_size(image.height, image.width);
    for (int32_t row = 0; row < image.height; ++row)
        std::memcpy(&faces->luma[row][0], image.pixels + static_cast<size_t>(row) * image.stride, image.width);
}

/// OpenBLAS would start a thread per core for matrices this small; found by name because Debian lets the
/// administrator choose the BLAS.
void use_one_blas_thread() {
    using setter = void (*)(int);
    if (auto set = reinterpret_cast<setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(1);
}

dlib::full_object_detection shape_of(const rc_point points[RC_LANDMARKS]) {
    std::vector<dlib::point> parts;
    parts.reserve(RC_LANDMARKS);
    for (int i = 0; i < RC_LANDMARKS; ++i) parts.emplace_back(points[i].x, points[i].y);
    return dlib::full_object_detection(dlib::rectangle(), parts);
}

bool sensible(const rc_chip &chip) {
    for (double value : {chip.left, chip.top, chip.right, chip.bottom, chip.angle})
        if (!std::isfinite(value) || std::abs(value) > 1e6) return false;
    // Beyond this dlib's pyramid would ask for more memory than any image of ours has.
    return chip.right - chip.left >= 1 && chip.bottom - chip.top >= 1 && chip.right - chip.left <= 4.0 * max_side &&
           chip.bottom - chip.top <= 4.0 * max_side;
}

}  // namespace

namespace dlib {
template <> struct image_traits<rgb_region> { typedef rgb_pixel pixel_type; };
}  // namespace dlib

namespace {
inline long num_rows(const rgb_region &image) { return image.rows; }
inline long num_columns(const rgb_region &image) { return image.columns; }
inline const void *image_data(const rgb_region &image) { return image.pixels; }
inline long width_step(const rgb_region &image) { return image.columns * 3; }
}  // namespace

rc_status rc_faces_open(
    const char *landmark_model, const char *descriptor_model, rc_faces **faces, char *message, size_t message_size) {
    auto say = [&](const char *text) {
        if (message && message_size) std::snprintf(message, message_size, "%s", text);
    };
    say("");
    if (!faces) return RC_BAD_ARGUMENT;
    *faces = nullptr;
    if (!landmark_model || !descriptor_model) return RC_BAD_ARGUMENT;
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
        say("this CPU has no AVX2 and FMA instructions");
        return RC_NO_CPU;
    }
#endif
    try {
        use_one_blas_thread();
        auto opened = std::make_unique<rc_faces>();
        dlib::deserialize(landmark_model) >> opened->predictor;
        if (opened->predictor.num_parts() != RC_LANDMARKS) {
            say("the landmark model does not have 68 points");
            return RC_BAD_MODEL;
        }
        dlib::deserialize(descriptor_model) >> opened->network;
        *faces = opened.release();
        return RC_OK;
    } catch (const std::bad_alloc &) {
        say("out of memory while the models were loaded");
        return RC_FAILED;
    } catch (const std::exception &failure) {
        say(failure.what());
    } catch (...) {
        say("the models could not be read");
    }
    return RC_BAD_MODEL;
}

void rc_faces_close(rc_faces *faces) { delete faces; }

const char *rc_faces_error(const rc_faces *faces) { return faces ? faces->error.c_str() : ""; }

rc_status rc_detect(
    rc_faces *faces, rc_luma image, double threshold, rc_box *boxes, size_t capacity, size_t *count) {
    return guarded(faces, [&] {
        if (!usable(image) || !count || (capacity && !boxes) || !std::isfinite(threshold)) return RC_BAD_ARGUMENT;
        *count = 0;
        load_luma(faces, image);
        faces->detector(faces->luma, faces->detections, threshold);
        size_t wanted = std::min(capacity, faces->detections.size());
        for (size_t i = 0; i < wanted; ++i) {
            const auto &found = faces->detections[i];
            boxes[i] = {static_cast<int32_t>(found.rect.left()), static_cast<int32_t>(found.rect.top()),
                        static_cast<int32_t>(found.rect.right()), static_cast<int32_t>(found.rect.bottom()),
                        found.detection_confidence};
        }
        *count = wanted;
        return RC_OK;
    });
}

rc_status rc_landmarks(rc_faces *faces, rc_luma image, rc_box box, rc_point points[RC_LANDMARKS]) {
    return guarded(faces, [&] {
        if (!usable(image) || !points || box.right < box.left || box.bottom < box.top || box.left < -max_side ||
            box.top < -max_side || box.right > 2 * max_side || box.bottom > 2 * max_side)
            return RC_BAD_ARGUMENT;
        load_luma(faces, image);
        auto shape = faces->predictor(faces->luma, dlib::rectangle(box.left, box.top, box.right, box.bottom));
        for (int i = 0; i < RC_LANDMARKS; ++i)
            points[i] = {static_cast<int32_t>(shape.part(i).x()), static_cast<int32_t>(shape.part(i).y())};
        return RC_OK;
    });
}

rc_status rc_chip_of(rc_faces *faces, const rc_point points[RC_LANDMARKS], rc_chip *chip) {
    return guarded(faces, [&] {
        if (!points || !chip) return RC_BAD_ARGUMENT;
        auto details = dlib::get_face_chip_details(shape_of(points), RC_CHIP_SIDE, 0.25);
        *chip = {details.rect.left(), details.rect.top(), details.rect.right(), details.rect.bottom(), details.angle};
        return sensible(*chip) ? RC_OK : RC_BAD_ARGUMENT;
    });
}

rc_status rc_chip_region(rc_faces *faces, rc_chip chip, int32_t width, int32_t height, rc_box *region) {
    return guarded(faces, [&] {
        if (!region || !sensible(chip) || width <= 0 || height <= 0 || width > max_side || height > max_side)
            return RC_BAD_ARGUMENT;
        // dlib grows the turned rectangle by 2 pixels, doubled and 2 more for each level of its pyramid; what lies
        // beyond its own box does not change the chip, so the circle around it and one level more are safe.
        double radius = 0.5 * std::hypot(chip.right - chip.left, chip.bottom - chip.top);
        double levels = std::max(0.0, std::ceil(std::log2(2 * radius / RC_CHIP_SIDE))) + 1;
        double reach = radius + 4 * std::exp2(levels) + 4;
        double x = 0.5 * (chip.left + chip.right), y = 0.5 * (chip.top + chip.bottom);
        auto clamp = [](double value, int32_t last) {
            return static_cast<int32_t>(std::min(std::max(value, -1.0), last + 1.0));
        };
        region->left = std::max(0, clamp(std::floor(x - reach), width));
        region->top = std::max(0, clamp(std::floor(y - reach), height));
        region->right = std::min(width - 1, clamp(std::ceil(x + reach), width));
        region->bottom = std::min(height - 1, clamp(std::ceil(y + reach), height));
        region->confidence = 0;
        return RC_OK;
    });
}

rc_status rc_chip_cut(
    rc_faces *faces, const uint8_t *rgb, rc_box region, rc_chip chip, uint8_t out[RC_CHIP_BYTES]) {
    return guarded(faces, [&] {
        long columns = static_cast<long>(region.right) - region.left + 1;
        long rows = static_cast<long>(region.bottom) - region.top + 1;
        if (!rgb || !out || !sensible(chip) || columns <= 0 || rows <= 0 || columns > max_side || rows > max_side)
            return RC_BAD_ARGUMENT;
        static_assert(sizeof(dlib::rgb_pixel) == 3, "an RGB pixel is three bytes");
        rgb_region image{reinterpret_cast<const dlib::rgb_pixel *>(rgb), rows, columns};
        dlib::chip_details details(
            dlib::drectangle(chip.left, chip.top, chip.right, chip.bottom),
            dlib::chip_dims(RC_CHIP_SIDE, RC_CHIP_SIDE), chip.angle);
        details.rect = dlib::translate_rect(details.rect, dlib::point(-region.left, -region.top));
        dlib::extract_image_chip(image, details, faces->chip);
        std::memcpy(out, &faces->chip(0, 0), RC_CHIP_BYTES);
        return RC_OK;
    });
}

rc_status rc_describe(rc_faces *faces, const uint8_t chip[RC_CHIP_BYTES], float descriptor[RC_DESCRIPTOR]) {
    return guarded(faces, [&] {
        if (!chip || !descriptor) return RC_BAD_ARGUMENT;
        faces->chip.set_size(RC_CHIP_SIDE, RC_CHIP_SIDE);
        std::memcpy(&faces->chip(0, 0), chip, RC_CHIP_BYTES);
        const auto &result = faces->network(faces->chip);
        for (int i = 0; i < RC_DESCRIPTOR; ++i) descriptor[i] = result(i);
        return RC_OK;
    });
}
