#include "CDlib.h"

#include <cstring>

#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_transforms.h>

#include "network.h"

struct dlib_models {
    dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
    dlib::shape_predictor predictor;
    rollcall::descriptor_network network;
};

namespace {

dlib::array2d<unsigned char> grey_image(const uint8_t *grey, int width, int height) {
    dlib::array2d<unsigned char> image(height, width);
    for (int row = 0; row < height; ++row) std::memcpy(&image[row][0], grey + static_cast<size_t>(row) * width, width);
    return image;
}

}  // namespace

dlib_models *dlib_open(const char *landmarks, const char *descriptor) {
    try {
        auto models = std::make_unique<dlib_models>();
        dlib::deserialize(landmarks) >> models->predictor;
        dlib::deserialize(descriptor) >> models->network;
        return models.release();
    } catch (...) {
        return nullptr;
    }
}

void dlib_close(dlib_models *models) { delete models; }

int dlib_detect(dlib_models *models, const uint8_t *grey, int width, int height, dlib_box *boxes, int capacity) {
    return dlib_detect_above(models, 0, grey, width, height, boxes, capacity);
}

int dlib_detect_above(
    dlib_models *models, double threshold, const uint8_t *grey, int width, int height, dlib_box *boxes, int capacity) {
    try {
        std::vector<dlib::rect_detection> found;
        models->detector(grey_image(grey, width, height), found, threshold);
        for (size_t i = 0; i < found.size() && i < static_cast<size_t>(capacity); ++i) {
            const auto &rect = found[i].rect;
            boxes[i] = {{rect.left(), rect.top(), rect.right(), rect.bottom()}, found[i].detection_confidence};
        }
        return static_cast<int>(found.size());
    } catch (...) {
        return -1;
    }
}

int dlib_landmarks(
    dlib_models *models, const uint8_t *grey, int width, int height, dlib_box box, long points[136]) {
    try {
        auto shape = models->predictor(
            grey_image(grey, width, height),
            dlib::rectangle(box.sides[0], box.sides[1], box.sides[2], box.sides[3]));
        for (unsigned long i = 0; i < shape.num_parts(); ++i) {
            points[2 * i] = shape.part(i).x();
            points[2 * i + 1] = shape.part(i).y();
        }
        return static_cast<int>(shape.num_parts());
    } catch (...) {
        return -1;
    }
}

int dlib_chip(
    dlib_models *, const uint8_t *rgb, int width, int height, const long points[136],
    uint8_t chip[150 * 150 * 3]) {
    try {
        dlib::matrix<dlib::rgb_pixel> image(height, width);
        std::memcpy(&image(0, 0), rgb, static_cast<size_t>(width) * height * 3);
        std::vector<dlib::point> parts;
        for (int i = 0; i < 68; ++i) parts.emplace_back(points[2 * i], points[2 * i + 1]);
        dlib::full_object_detection shape(dlib::rectangle(), parts);
        dlib::matrix<dlib::rgb_pixel> cut;
        dlib::extract_image_chip(image, dlib::get_face_chip_details(shape, 150, 0.25), cut);
        std::memcpy(chip, &cut(0, 0), 150 * 150 * 3);
        return 0;
    } catch (...) {
        return -1;
    }
}

int dlib_describe(dlib_models *models, const uint8_t chip[150 * 150 * 3], float descriptor[128]) {
    try {
        dlib::matrix<dlib::rgb_pixel> image(150, 150);
        std::memcpy(&image(0, 0), chip, 150 * 150 * 3);
        dlib::matrix<float, 0, 1> result = models->network(image);
        for (int i = 0; i < 128; ++i) descriptor[i] = result(i);
        return 0;
    } catch (...) {
        return -1;
    }
}

struct dlib_gallery {
    std::vector<dlib::matrix<float, 0, 1>> templates;
};

dlib_gallery *dlib_gallery_make(const float *templates, size_t count) {
    try {
        auto gallery = std::make_unique<dlib_gallery>();
        for (size_t i = 0; i < count; ++i) gallery->templates.push_back(dlib::mat(templates + 128 * i, 128));
        return gallery.release();
    } catch (...) {
        return nullptr;
    }
}

void dlib_gallery_free(dlib_gallery *gallery) { delete gallery; }

float dlib_gallery_nearest(const dlib_gallery *gallery, const float probe[128]) {
    const dlib::matrix<float, 0, 1> descriptor = dlib::mat(probe, 128);
    float nearest = std::numeric_limits<float>::infinity();
    for (const auto &each : gallery->templates) nearest = std::min<float>(nearest, dlib::length(each - descriptor));
    return nearest;
}
