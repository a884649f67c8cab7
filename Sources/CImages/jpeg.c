#include "CImages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

struct decoder {
    tjhandle library;   // NULL before the first picture, and after a damaged one
};

void *images_jpeg_create(void) { return calloc(1, sizeof(struct decoder)); }

static void forget(struct decoder *decoder) {
    if (decoder->library) tjDestroy(decoder->library);
    decoder->library = NULL;
}

void images_jpeg_destroy(void *handle) {
    if (handle) forget(handle);
    free(handle);
}

static int fail(char *reason, const char *text) {
    snprintf(reason, IMAGES_REASON_SIZE, "%s", text);
    return -1;
}

// libturbojpeg 2.1 stops in the middle of a damaged header and goes on from there in the next picture, however good that
// is: one torn frame could blind a camera for good. So nothing is kept of it.
static int fail_and_forget(struct decoder *decoder, char *reason, const char *text) {
    fail(reason, text);
    forget(decoder);
    return -1;
}

int images_jpeg_header(void *handle, const uint8_t *bytes, size_t size, struct images_header *header, char *reason) {
    struct decoder *decoder = handle;
    int width = 0, height = 0, subsampling = 0, space = 0;
    if (!decoder->library) decoder->library = tjInitDecompress();
    if (!decoder->library) return fail(reason, "memory is out");
    if (tjDecompressHeader3(decoder->library, bytes, size, &width, &height, &subsampling, &space) != 0)
        return fail_and_forget(decoder, reason, tjGetErrorStr2(decoder->library));
    if (width <= 0 || height <= 0) return fail_and_forget(decoder, reason, "the picture has no size");
    header->width = width;
    header->height = height;
    const int is_ink = space == TJCS_CMYK || space == TJCS_YCCK;
    header->colour = space == TJCS_GRAY ? IMAGES_GREY : is_ink ? IMAGES_CMYK : IMAGES_RGB;
    return 0;
}

// Several UVC cameras (Logitech C270 and C920 among them) pad their frames before the end marker: the picture is whole.
static int is_harmless(tjhandle library) {
    const char *text = tjGetErrorStr2(library);
    return tjGetErrorCode(library) == TJERR_WARNING && strstr(text, "extraneous bytes before marker 0xd9") != NULL;
}

int images_jpeg_decode(
    void *handle, const uint8_t *bytes, size_t size, int32_t width, int32_t height, enum images_colour colour,
    uint8_t *pixels, size_t capacity, char *reason) {
    struct decoder *decoder = handle;
    struct images_header header;
    if (images_jpeg_header(handle, bytes, size, &header, reason) != 0) return -1;
    if (header.width != width || header.height != height)
        return fail(reason, "the picture has another size than was agreed");
    if (header.colour == IMAGES_CMYK) return fail(reason, "the colours are CMYK; save it as RGB");
    if (colour != IMAGES_GREY && colour != IMAGES_RGB) return fail(reason, "only grey and RGB can be decoded to");
    if (capacity / (size_t)colour / (size_t)width < (size_t)height) return fail(reason, "the buffer is too small");
    // A progressive JPEG of thousands of empty scans would keep a core busy for minutes.
    const int format = colour == IMAGES_GREY ? TJPF_GRAY : TJPF_RGB;
    const int result = tjDecompress2(
        decoder->library, bytes, size, pixels, width, width * (int)colour, height, format, TJFLAG_LIMITSCANS);
    return result == 0 || is_harmless(decoder->library) ? 0 : fail(reason, tjGetErrorStr2(decoder->library));
}

size_t images_jpeg_bound(int32_t width, int32_t height) {
    if (width < 1 || height < 1 || width > 65500 || height > 65500) return 0;
    const unsigned long size = tjBufSize(width, height, TJSAMP_420);
    return size == (unsigned long)-1 ? 0 : size;
}

int images_jpeg_encode(
    const uint8_t *rgb, int32_t width, int32_t height, int32_t quality, uint8_t *bytes, size_t capacity, size_t *written,
    char *reason) {
    const size_t bound = images_jpeg_bound(width, height);
    if (bound == 0 || quality < 1 || quality > 100) return fail(reason, "the size or the quality cannot be");
    if (capacity < bound) return fail(reason, "the buffer is too small");
    tjhandle encoder = tjInitCompress();
    if (!encoder) return fail(reason, "memory is out");
    unsigned long size = capacity;
    const int result = tjCompress2(
        encoder, rgb, width, 0, height, TJPF_RGB, &bytes, &size, TJSAMP_420, quality, TJFLAG_NOREALLOC);
    if (result != 0) fail(reason, tjGetErrorStr2(encoder));
    tjDestroy(encoder);
    *written = size;
    return result == 0 ? 0 : -1;
}
