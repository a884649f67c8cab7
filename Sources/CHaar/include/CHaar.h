// Viola and Jones's face detector (CVPR 2001, with the tilted features of Lienhart & Maydt, ICIP 2002) on the cascades
// that come with OpenCV. Its answers are those of OpenCV 4.6's CascadeClassifier::detectMultiScale, rectangle for
// rectangle.
//
// One chaar serves one thread. No C++ exception crosses this header.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CHAAR_EXPORT __attribute__((visibility("default")))
#else
#define CHAAR_EXPORT
#endif

typedef enum {
    CHAAR_OK = 0,
    CHAAR_BAD_ARGUMENT,  ///< a size, a stride, a region or a pointer that cannot be
    CHAAR_BAD_CASCADE,   ///< the file is missing, damaged or no cascade of Haar features
    CHAAR_FAILED,        ///< out of memory
} chaar_status;

/// A cascade and the buffers of its search.
typedef struct chaar chaar;

/// Eight-bit luma, row by row: `stride` bytes from one row to the next, `stride` >= `width`; sides up to 16384 pixels.
typedef struct {
    const uint8_t *pixels;
    int32_t width, height, stride;
} chaar_image;

/// Where and for what to look; all in pixels of the image.
typedef struct {
    double scale_factor;       ///< from one window's side to the next larger one's, above 1
    int32_t min_neighbours;    ///< windows that must agree on a face; 0 gives the windows themselves
    int32_t min_side;          ///< smallest window, 0 for the cascade's own
    int32_t max_side;          ///< largest window, 0 for the image's
    int32_t left, top;         ///< the part of the image that is looked at, as if there were nothing else
    int32_t width, height;     ///< both 0 for the whole image
} chaar_search;

/// A face: a rectangle in pixels of the image, and how many windows agreed on it.
typedef struct {
    int32_t left, top, width, height, neighbours;
} chaar_box;

/// Reads a cascade of a file in the format of OpenCV 2.4 and later ("opencv-cascade-classifier"), stumps or trees. On
/// failure `*detector` is NULL, and one sentence stands in `message`: what is wrong, and on which line or in which
/// tree.
CHAAR_EXPORT chaar_status chaar_open(const char *path, chaar **detector, char *message, size_t message_size);

/// The same from memory.
CHAAR_EXPORT chaar_status chaar_read(
    const uint8_t *xml, size_t size, chaar **detector, char *message, size_t message_size);

CHAAR_EXPORT void chaar_close(chaar *detector);

/// The side lengths of the cascade's own window in pixels, the smallest face that it can find.
CHAAR_EXPORT void chaar_window(const chaar *detector, int32_t *width, int32_t *height);

/// Finds faces. At most `capacity` boxes are written, in OpenCV's order, and `*count` says how many. Nothing is
/// allocated when an image of this size or larger has been searched before.
CHAAR_EXPORT chaar_status chaar_detect(
    chaar *detector, chaar_image image, const chaar_search *search, chaar_box *boxes, size_t capacity, size_t *count);

#ifdef __cplusplus
}
#endif
