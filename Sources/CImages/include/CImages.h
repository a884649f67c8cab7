// Pictures in memory: JPEG by libturbojpeg, PNG by libpng, EXIF by libexif, and the loops over all pixels of a frame.
// No function here keeps a pointer it was given, trusts a length it did not check, or writes past a stated capacity.
#ifndef ROLLCALL_CIMAGES_H
#define ROLLCALL_CIMAGES_H

#include <stddef.h>
#include <stdint.h>

/// How the pixels of a compressed picture are to be decoded.
enum images_colour {
    IMAGES_GREY = 1,   ///< one byte a pixel
    IMAGES_RGB = 3,    ///< three bytes a pixel
    IMAGES_CMYK = 4,   ///< four inks: not decoded
};

/// What the header of a picture says.
struct images_header {
    int32_t width, height;
    enum images_colour colour;
};

/// The longest reason a function here writes, with its terminating zero.
#define IMAGES_REASON_SIZE 200

/// A JPEG decoder, for one thread at a time. Opaque: `images_jpeg_create` makes it, NULL when memory is out.
void *images_jpeg_create(void);
void images_jpeg_destroy(void *decoder);

/// 0, or -1 with a reason.
int images_jpeg_header(void *decoder, const uint8_t *bytes, size_t size, struct images_header *header, char *reason);

/// Decodes to grey (JPEG's own Y) or interleaved RGB, `width * height * colour` bytes, rows without padding. The
/// picture must have exactly the size given. 0, or -1 with a reason; damaged or missing data is an error, and what it
/// left in `pixels` is no picture.
int images_jpeg_decode(
    void *decoder, const uint8_t *bytes, size_t size, int32_t width, int32_t height, enum images_colour colour,
    uint8_t *pixels, size_t capacity, char *reason);

/// The room that `images_jpeg_encode` needs for a picture of this size; 0 for a size that cannot be.
size_t images_jpeg_bound(int32_t width, int32_t height);

/// Encodes 8-bit RGB, rows without padding, as a JPEG with nothing in it but the picture. `quality` is 1 to 100, `capacity`
/// at least `images_jpeg_bound`. 0 and the size in `written`, or -1 with a reason.
int images_jpeg_encode(
    const uint8_t *rgb, int32_t width, int32_t height, int32_t quality, uint8_t *bytes, size_t capacity, size_t *written,
    char *reason);

/// The EXIF orientation of a JPEG file, 1 to 8; 1 when it says nothing or nonsense.
int images_exif_orientation(const uint8_t *bytes, size_t size);

/// 0, or -1 with a reason. Never IMAGES_CMYK.
int images_png_header(const uint8_t *bytes, size_t size, struct images_header *header, char *reason);

/// Decodes to 8-bit grey or RGB; transparent parts lie on white. 0, or -1 with a reason.
int images_png_decode(
    const uint8_t *bytes, size_t size, int32_t width, int32_t height, enum images_colour colour, uint8_t *pixels,
    size_t capacity, char *reason);

/// Writes 8-bit RGB, rows without padding. 0, or -1 with a reason.
int images_png_write(const char *path, const uint8_t *rgb, int32_t width, int32_t height, char *reason);

/// BT.601 full-range luma of `count` interleaved RGB pixels, as JPEG computes its Y.
void images_luma_of_rgb(const uint8_t *rgb, size_t count, uint8_t *luma);

/// Shrinks interleaved RGB to `columns` x `rows`, neither more than before nor less than 1: each new pixel is the mean of
/// those that it stands for.
void images_shrink_rgb(
    const uint8_t *rgb, int32_t width, int32_t height, int32_t columns, int32_t rows, uint8_t *shrunk);

/// Means of a grid of `columns` x `rows` cells over a picture at least as large, of at least every second row. `line` is room
/// to work in, one number for each column of the picture.
void images_grid(
    const uint8_t *luma, int32_t width, int32_t height, size_t stride, int32_t columns, int32_t rows, uint16_t *line,
    float *means);

/// The same of samples that lie `step` bytes apart in rows of `stride` bytes: a channel of interleaved colours, or chroma.
void images_sample_grid(
    const uint8_t *samples, int32_t step, size_t stride, int32_t width, int32_t height, int32_t columns, int32_t rows,
    float *means);

/// The middle one of `count` finite numbers, at least one; of an even count the higher. Reorders them.
float images_median(float *values, size_t count);

/// Every second byte, beginning with the first: the luma of `count` pixels of packed 4:2:2.
void images_every_second(const uint8_t *packed, size_t count, uint8_t *luma);

/// One row of RGB from luma and chroma. Pixel x takes its chroma at `((first + x) >> shift) * step`.
struct images_chroma_row {
    const uint8_t *u, *v;
    int32_t step;       ///< bytes from one chroma sample to the next
    int32_t shift;      ///< log2 of the pixels that share a sample
    int32_t first;      ///< column of the first pixel
    int32_t full_range; ///< 0: BT.601 of video (16 to 235), otherwise of JPEG (0 to 255)
};
void images_rgb_row(const uint8_t *luma, const struct images_chroma_row *chroma, int32_t width, uint8_t *rgb);

#endif
