// Faces in C: HOG detection, 68 landmarks, face chip, descriptor.
//
// Everything here is single-threaded by handle: one rc_faces serves one thread. No C++ exception crosses this header;
// a function returns RC_OK or the reason, and rc_faces_error() has one line of text for the last failure of a handle.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RC_EXPORT __attribute__((visibility("default")))
#else
#define RC_EXPORT
#endif

enum {
    RC_LANDMARKS = 68,
    RC_CHIP_SIDE = 150,
    RC_CHIP_BYTES = RC_CHIP_SIDE * RC_CHIP_SIDE * 3,
    RC_DESCRIPTOR = 128,
};

typedef enum {
    RC_OK = 0,
    RC_BAD_ARGUMENT,  ///< a size, a stride or a pointer that cannot be
    RC_BAD_MODEL,     ///< a model file is missing, damaged or of another kind
    RC_NO_CPU,        ///< this CPU lacks the vector instructions the library was built for
    RC_FAILED,        ///< out of memory, or an error inside the library
} rc_status;

typedef struct rc_faces rc_faces;

/// Eight-bit luma, row by row: `stride` bytes from one row to the next, `stride` >= `width`.
typedef struct {
    const uint8_t *pixels;
    int32_t width, height, stride;
} rc_luma;

/// A rectangle in pixels; all four sides belong to it. It may reach over the image's border, as dlib's do.
typedef struct {
    int32_t left, top, right, bottom;
    double confidence;
} rc_box;

typedef struct {
    int32_t x, y;
} rc_point;

/// Where the 150x150 face chip lies in the image: a rectangle in pixels, turned by `angle` radians about its centre.
typedef struct {
    double left, top, right, bottom, angle;
} rc_chip;

/// Loads the landmark predictor and the descriptor network (about a second). On failure `*faces` is NULL and one line
/// of text stands in `message`.
RC_EXPORT rc_status rc_faces_open(
    const char *landmark_model, const char *descriptor_model, rc_faces **faces, char *message, size_t message_size);
RC_EXPORT void rc_faces_close(rc_faces *faces);
RC_EXPORT const char *rc_faces_error(const rc_faces *faces);

/// Finds frontal faces of 80x80 pixels and larger: dlib's five-filter HOG detector, its pyramid of 5/6 and its own
/// overlap test, at its own threshold plus `threshold`. At most `capacity` boxes are written, best first.
RC_EXPORT rc_status rc_detect(
    rc_faces *faces, rc_luma image, double threshold, rc_box *boxes, size_t capacity, size_t *count);

/// The 68 points in `box` (Kazemi & Sullivan, CVPR 2014, trained on iBUG 300-W).
RC_EXPORT rc_status rc_landmarks(rc_faces *faces, rc_luma image, rc_box box, rc_point points[RC_LANDMARKS]);

/// dlib's get_face_chip_details(shape, 150, 0.25).
RC_EXPORT rc_status rc_chip_of(rc_faces *faces, const rc_point points[RC_LANDMARKS], rc_chip *chip);

/// The part of a `width` x `height` image from which the chip is made, borders of its pyramid included. Colour needs to
/// be known only there. The box is empty (right < left) when the chip lies wholly outside.
RC_EXPORT rc_status rc_chip_region(rc_faces *faces, rc_chip chip, int32_t width, int32_t height, rc_box *region);

/// Cuts the chip out of `rgb`, which holds `region` of the image (3 bytes a pixel, no padding between rows), exactly as
/// dlib's extract_image_chip would from the whole image.
RC_EXPORT rc_status rc_chip_cut(
    rc_faces *faces, const uint8_t *rgb, rc_box region, rc_chip chip, uint8_t out[RC_CHIP_BYTES]);

/// The descriptor of one chip: dlib_face_recognition_resnet_model_v1, norm about 1.4.
RC_EXPORT rc_status rc_describe(rc_faces *faces, const uint8_t chip[RC_CHIP_BYTES], float descriptor[RC_DESCRIPTOR]);

#ifdef __cplusplus
}
#endif
