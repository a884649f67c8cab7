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
    RC_BAD_MODEL,     ///< the pack of models is missing, damaged or another program's
    RC_NO_CPU,        ///< this processor lacks the vector instructions that were asked for
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

/// In how many bits the weights of the descriptor network are kept.
typedef enum {
    RC_WEIGHTS_32 = 0,  ///< as dlib does
    RC_WEIGHTS_16,      ///< most of them as half-precision numbers: faster, and 1e-4 away in a descriptor's values; base
                        ///< x86-64 cannot widen them quickly and takes those of 32 bits all the same
} rc_weights;

/// The vector instructions that may be used. Every handle of a program gives the same answers to 1e-5.
typedef enum {
    RC_PROCESSOR_WIDEST = 0,  ///< the widest that this processor has
    RC_PROCESSOR_BASE,        ///< what every processor of its kind has: SSE2, NEON
    RC_PROCESSOR_AVX2,        ///< with FMA and F16C
    RC_PROCESSOR_AVX512,      ///< F, BW, DQ and VL
} rc_processor;

/// All zeros are what one usually wants.
typedef struct {
    rc_weights weights;
    rc_processor processor;  ///< for tests and the benchmark
} rc_options;

/// What a pack says of itself.
typedef struct {
    uint32_t version;
    uint64_t size;      ///< bytes
    char checksum[33];  ///< XXH3-128 in hexadecimal digits
} rc_pack_facts;

/// Which faces are looked for. All zeros: everywhere, at dlib's own threshold, from 80 pixels on.
typedef struct {
    double threshold;                  ///< added to dlib's own
    int32_t minimum_face;              ///< side in pixels from which no face is missed; 80 where less is asked for
    int32_t left, top, width, height;  ///< the part of the image that is searched; all of it when `width` is 0
} rc_search;

/// Checks and maps a pack of models and makes the stages ready: some milliseconds. On failure `*faces` is NULL and one
/// line that says what is wrong with the file stands in `message`.
RC_EXPORT rc_status rc_faces_open(
    const char *pack, rc_options options, rc_faces **faces, char *message, size_t message_size);
/// Checks a pack as rc_faces_open does.
RC_EXPORT rc_status rc_pack_check(const char *pack, rc_pack_facts *facts, char *message, size_t message_size);
RC_EXPORT void rc_faces_close(rc_faces *faces);
RC_EXPORT const char *rc_faces_error(const rc_faces *faces);

/// Finds frontal faces: dlib's five-filter HOG detector, its pyramid of 5/6 and its own overlap test. At most `capacity`
/// boxes are written, best first.
RC_EXPORT rc_status rc_detect(
    rc_faces *faces, rc_luma image, rc_search search, rc_box *boxes, size_t capacity, size_t *count);

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
