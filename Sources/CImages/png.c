#include "CImages.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

static int fail(char *reason, const char *text) {
    snprintf(reason, IMAGES_REASON_SIZE, "%s", text);
    return -1;
}

static int begin(png_image *image, const uint8_t *bytes, size_t size, char *reason) {
    memset(image, 0, sizeof *image);
    image->version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(image, bytes, size)) return fail(reason, image->message);
    if (image->width == 0 || image->height == 0 || image->width > INT32_MAX || image->height > INT32_MAX) {
        png_image_free(image);
        return fail(reason, "the picture has an impossible size");
    }
    return 0;
}

int images_png_header(const uint8_t *bytes, size_t size, struct images_header *header, char *reason) {
    png_image image;
    if (begin(&image, bytes, size, reason) != 0) return -1;
    header->width = (int32_t)image.width;
    header->height = (int32_t)image.height;
    header->colour = image.format & PNG_FORMAT_FLAG_COLOR ? IMAGES_RGB : IMAGES_GREY;
    png_image_free(&image);
    return 0;
}

int images_png_decode(
    const uint8_t *bytes, size_t size, int32_t width, int32_t height, enum images_colour colour, uint8_t *pixels,
    size_t capacity, char *reason) {
    png_image image;
    if (begin(&image, bytes, size, reason) != 0) return -1;
    const char *wrong = NULL;
    if (image.width != (uint32_t)width || image.height != (uint32_t)height)
        wrong = "the picture has another size than was agreed";
    else if (colour != IMAGES_GREY && colour != IMAGES_RGB)
        wrong = "only grey and RGB can be decoded to";
    else if (capacity / (size_t)colour / (size_t)width < (size_t)height)
        wrong = "the buffer is too small";
    if (wrong) {
        png_image_free(&image);
        return fail(reason, wrong);
    }
    image.format = colour == IMAGES_RGB ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    const png_color white = {255, 255, 255};
    image.warning_or_error = 0;
    if (!png_image_finish_read(&image, &white, pixels, 0, NULL)) return fail(reason, image.message);
    // libpng fills the missing rows of some damaged files and calls that a warning; what it warned of in the header,
    // such as a colour profile it does not like, harms nobody.
    return image.warning_or_error == 0 ? 0 : fail(reason, image.message);
}

int images_png_write(const char *path, const uint8_t *rgb, int32_t width, int32_t height, char *reason) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = (uint32_t)width;
    image.height = (uint32_t)height;
    image.format = PNG_FORMAT_RGB;
    return png_image_write_to_file(&image, path, 0, rgb, 0, NULL) ? 0 : fail(reason, image.message);
}
