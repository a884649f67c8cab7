// dlib called as its own examples call it, with nothing of ours between: the oracle of the parity tests and the
// reference of the benchmark. A failure ends in a negative return value.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dlib_models dlib_models;

/// Left, top, right, bottom and confidence of one detection.
typedef struct {
    long sides[4];
    double confidence;
} dlib_box;

__attribute__((visibility("default"))) dlib_models *dlib_open(const char *landmarks, const char *descriptor);
__attribute__((visibility("default"))) void dlib_close(dlib_models *models);

/// Detections in a grey image without padding; returns how many there are.
__attribute__((visibility("default"))) int dlib_detect(
    dlib_models *models, const uint8_t *grey, int width, int height, dlib_box *boxes, int capacity);

/// The same with what dlib calls adjust_threshold: below zero it finds more.
__attribute__((visibility("default"))) int dlib_detect_above(
    dlib_models *models, double threshold, const uint8_t *grey, int width, int height, dlib_box *boxes, int capacity);

/// x and y of the 68 points in a box.
__attribute__((visibility("default"))) int dlib_landmarks(
    dlib_models *models, const uint8_t *grey, int width, int height, dlib_box box, long points[136]);

/// The chip of the 68 points from the whole RGB image.
__attribute__((visibility("default"))) int dlib_chip(
    dlib_models *models, const uint8_t *rgb, int width, int height, const long points[136],
    uint8_t chip[150 * 150 * 3]);

__attribute__((visibility("default"))) int dlib_describe(
    dlib_models *models, const uint8_t chip[150 * 150 * 3], float descriptor[128]);

typedef struct dlib_gallery dlib_gallery;

/// `count` templates of 128 numbers, one after another.
__attribute__((visibility("default"))) dlib_gallery *dlib_gallery_make(const float *templates, size_t count);
__attribute__((visibility("default"))) void dlib_gallery_free(dlib_gallery *gallery);

/// The least distance of a probe, by dlib's length(a - b).
__attribute__((visibility("default"))) float dlib_gallery_nearest(const dlib_gallery *gallery, const float probe[128]);

#ifdef __cplusplus
}
#endif
