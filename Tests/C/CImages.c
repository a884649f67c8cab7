// Pictures of tools/fuzz/make-seeds, one radial gradient in many formats; the loops over pixels against plain arithmetic.
#include "CImages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

enum { WIDTH = 12, HEIGHT = 9, PIXELS = WIDTH * HEIGHT };

struct file {
    size_t size;
    uint8_t bytes[8192];
};

static struct file read_seed(const char *name) {
    static struct file file;
    char path[200];
    snprintf(path, sizeof path, "seeds/%s", name);
    FILE *stream = fopen(path, "rb");
    require(stream != NULL, "%s is there", path);
    file.size = fread(file.bytes, 1, sizeof file.bytes, stream);
    require(file.size > 0 && file.size < sizeof file.bytes, "%s has a sensible size", path);
    fclose(stream);
    return file;
}

static char reason[IMAGES_REASON_SIZE];

/// Exactly as many bytes as the file has so far, so that a tool for memory errors sees the first one beyond.
static int decoded(void *jpeg, const uint8_t *bytes, size_t size, enum images_colour colour, uint8_t *pixels, size_t room) {
    uint8_t *exact = malloc(size ? size : 1);
    memcpy(exact, bytes, size);
    strcpy(reason, "");
    const int result = jpeg ? images_jpeg_decode(jpeg, exact, size, WIDTH, HEIGHT, colour, pixels, room, reason)
                            : images_png_decode(exact, size, WIDTH, HEIGHT, colour, pixels, room, reason);
    free(exact);
    return result;
}

static void check_header(int result, struct images_header header, enum images_colour colour, const char *name) {
    check(result == 0 && header.width == WIDTH && header.height == HEIGHT && header.colour == colour,
          "%s is %dx%d of %d, not %dx%d of %d: %s", name, WIDTH, HEIGHT, colour, header.width, header.height, header.colour,
          reason);
}

/// Every beginning of a file that lacks more than its last `idle` bytes is refused, and spoils nothing for the whole after it.
static void check_truncation(void *jpeg, const struct file *file, size_t idle, const char *name) {
    uint8_t pixels[3 * PIXELS];
    size_t refused = 0, said = 0, whole = 0;
    for (size_t size = 0; size < file->size - idle; size++) {
        refused += decoded(jpeg, file->bytes, size, IMAGES_RGB, pixels, sizeof pixels) == -1;
        said += reason[0] != 0;
        whole += decoded(jpeg, file->bytes, file->size, IMAGES_RGB, pixels, sizeof pixels) == 0;
    }
    check(refused == file->size - idle, "%s: all beginnings are refused, %zu of %zu are", name, refused, file->size - idle);
    check(said == refused, "%s: with a reason", name);
    check(whole == refused, "%s: the whole is read after each, %zu times it is", name, whole);
}

/// A picture decoded to grey and RGB, whose mean difference from `reference` is at most `error`.
static void check_picture(
    void *jpeg, const struct file *file, const char *name, const uint8_t *reference, double error) {
    uint8_t grey[PIXELS], rgb[3 * PIXELS];
    check(decoded(jpeg, file->bytes, file->size, IMAGES_GREY, grey, sizeof grey) == 0, "%s becomes grey: %s", name, reason);
    check(decoded(jpeg, file->bytes, file->size, IMAGES_RGB, rgb, sizeof rgb) == 0, "%s becomes RGB: %s", name, reason);
    double difference = 0;
    for (int i = 0; i < 3 * PIXELS; i++) difference += abs(rgb[i] - reference[i]) + abs(grey[i / 3] - reference[i]);
    difference /= 6 * PIXELS;
    check(difference <= error, "%s differs from the gradient by %.2f, more than %.2f", name, difference, error);
    check(decoded(jpeg, file->bytes, file->size, IMAGES_RGB, rgb, sizeof rgb - 1) == -1,
          "%s: too small a buffer is refused", name);
    check(decoded(jpeg, file->bytes, file->size, IMAGES_CMYK, rgb, sizeof rgb) == -1,
          "%s: other colours are refused", name);
    printf("%s grey %016llx RGB %016llx\n", name, (unsigned long long)digest_of(grey, sizeof grey),
           (unsigned long long)digest_of(rgb, sizeof rgb));
}

static void png(const uint8_t *gradient) {
    static const char *const names[] = {"png/RGB.png", "png/L.png", "png/LA.png", "png/RGBA.png", "png/P.png"};
    struct images_header header;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct file file = read_seed(names[i]);
        memset(&header, 0, sizeof header);
        const int result = images_png_header(file.bytes, file.size, &header, reason);
        check_header(result, header, strchr(names[i], 'L') ? IMAGES_GREY : IMAGES_RGB, names[i]);
        check_picture(NULL, &file, names[i], gradient, strchr(names[i], 'P') ? 30 : 0);
        check_truncation(NULL, &file, 12, names[i]);  // the chunk IEND holds nothing
    }
    char path[] = "/tmp/rollcall-test-XXXXXX";
    close(mkstemp(path));
    check(images_png_write(path, gradient, WIDTH, HEIGHT, reason) == 0, "a PNG is written: %s", reason);
    uint8_t back[3 * PIXELS];
    struct file written = {0};
    FILE *stream = fopen(path, "rb");
    written.size = fread(written.bytes, 1, sizeof written.bytes, stream);
    fclose(stream);
    unlink(path);
    check(decoded(NULL, written.bytes, written.size, IMAGES_RGB, back, sizeof back) == 0 &&
              memcmp(back, gradient, sizeof back) == 0, "and read back the same");
    check(images_png_write("/no/such/folder/x.png", gradient, WIDTH, HEIGHT, reason) == -1,
          "a path that is not is refused");
}

static void jpeg(const uint8_t *gradient) {
    static const char *const names[] = {"jpeg/baseline.jpg", "jpeg/progressive.jpg", "jpeg/grey.jpg"};
    void *decoder = images_jpeg_create();
    require(decoder != NULL, "a decoder is made");
    struct images_header header;
    for (size_t i = 0; i < 3; i++) {
        const struct file file = read_seed(names[i]);
        memset(&header, 0, sizeof header);
        const int result = images_jpeg_header(decoder, file.bytes, file.size, &header, reason);
        check_header(result, header, i == 2 ? IMAGES_GREY : IMAGES_RGB, names[i]);
        check_picture(decoder, &file, names[i], gradient, 8);
        check_truncation(decoder, &file, 0, names[i]);
        const int orientation = images_exif_orientation(file.bytes, file.size);
        check(orientation == (i == 1 ? 6 : 1), "%s is turned as %d", names[i], orientation);
    }
    const struct file inks = read_seed("jpeg/inks.jpg");
    uint8_t pixels[4 * PIXELS];
    check_header(images_jpeg_header(decoder, inks.bytes, inks.size, &header, reason), header, IMAGES_CMYK, "jpeg/inks.jpg");
    check(decoded(decoder, inks.bytes, inks.size, IMAGES_RGB, pixels, sizeof pixels) == -1 && strstr(reason, "CMYK"),
          "inks are refused as CMYK: %s", reason);
    images_jpeg_destroy(decoder);
}

/// EXIF of one entry, in both byte orders, which a processor could mix up.
static void orientations(void) {
    static const uint8_t little[] = {'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0,
                                     0x12, 1, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t big[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
                                  1, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    for (int value = 0; value <= 9; value++) {
        uint8_t bytes[sizeof little];
        const int expected = value >= 1 && value <= 8 ? value : 1;
        memcpy(bytes, little, sizeof bytes);
        bytes[24] = (uint8_t)value;
        check(images_exif_orientation(bytes, sizeof bytes) == expected, "%d with the low byte first", value);
        memcpy(bytes, big, sizeof bytes);
        bytes[25] = (uint8_t)value;
        check(images_exif_orientation(bytes, sizeof bytes) == expected, "%d with the high byte first", value);
    }
}

static double larger(double a, double b) { return a > b ? a : b; }
static double clamped(double value) { return value < 0 ? 0 : value > 255 ? 255 : value; }

static void loops(void) {
    enum { count = 4096 };
    static uint8_t noise[3 * count], luma[count], rgb[3 * count];
    uint32_t state = 1;
    for (int i = 0; i < 3 * count; i++) noise[i] = (uint8_t)((state = state * 1664525 + 1013904223) >> 24);
    memset(noise, 255, 3);
    memset(noise + 3, 0, 3);
    double worst = 0;
    images_luma_of_rgb(noise, count, luma);
    for (int i = 0; i < count; i++)
        worst = larger(worst, fabs(luma[i] - (0.299 * noise[3 * i] + 0.587 * noise[3 * i + 1] + 0.114 * noise[3 * i + 2])));
    check(worst <= 0.51 && luma[0] == 255 && luma[1] == 0, "luma is BT.601's, at most %.3f off", worst);
    printf("luma %016llx\n", (unsigned long long)digest_of(luma, sizeof luma));

    images_every_second(noise, count, luma);
    int different = 0;
    for (int i = 0; i < count; i++) different += luma[i] != noise[2 * i];
    check(different == 0, "every second byte is taken, but for %d", different);

    for (int full = 0; full <= 1; full++) {
        const struct images_chroma_row chroma = {noise + count, noise + 2 * count, 2, 1, 3, full};
        images_rgb_row(noise, &chroma, 1000, rgb);
        worst = 0;
        for (int x = 0; x < 1000; x++) {
            const int at = (3 + x) / 2 * 2;
            const double y = full ? noise[x] : (noise[x] - 16) * 255 / 219.0, scale = full ? 1 : 255 / 224.0;
            const double u = (chroma.u[at] - 128) * scale, v = (chroma.v[at] - 128) * scale;
            const double wanted[3] = {y + 1.402 * v, y - 0.344136 * u - 0.714136 * v, y + 1.772 * u};
            for (int c = 0; c < 3; c++) worst = larger(worst, fabs(rgb[3 * x + c] - clamped(wanted[c])));
        }
        check(worst <= 0.52, "RGB is BT.601's, at most %.3f off", worst);
        printf("RGB %016llx\n", (unsigned long long)digest_of(rgb, 3000));
    }
}

/// A ramp is encoded into exactly the room that is asked for, and comes back within what JPEG loses.
static void encoding(void) {
    enum { width = 61, height = 35 };
    static uint8_t ramp[3 * width * height], back[3 * width * height];
    for (int i = 0; i < width * height; i++)
        for (int c = 0; c < 3; c++) ramp[3 * i + c] = (uint8_t)(i % width * 4);
    const size_t bound = images_jpeg_bound(width, height);
    require(bound > 0, "a picture has a bound");
    uint8_t *bytes = malloc(bound);
    size_t size = 0;
    require(images_jpeg_encode(ramp, width, height, 90, bytes, bound, &size, reason) == 0, "encoding: %s", reason);
    check(size > 0 && size <= bound, "%zu bytes of at most %zu", size, bound);
    void *decoder = images_jpeg_create();
    require(images_jpeg_decode(decoder, bytes, size, width, height, IMAGES_RGB, back, sizeof back, reason) == 0,
            "decoding: %s", reason);
    images_jpeg_destroy(decoder);
    int worst = 0;
    for (size_t i = 0; i < sizeof back; i++) worst = abs(back[i] - ramp[i]) > worst ? abs(back[i] - ramp[i]) : worst;
    check(worst <= 12, "the ramp comes back, at most %d off", worst);
    check(images_jpeg_encode(ramp, width, height, 90, bytes, bound - 1, &size, reason) == -1, "too little room is refused");
    check(images_jpeg_encode(ramp, width, height, 0, bytes, bound, &size, reason) == -1, "a quality of 0 is refused");
    check(images_jpeg_bound(0, 1) == 0 && images_jpeg_bound(1, 70000) == 0, "sizes that cannot be have no bound");
    free(bytes);
}

static void shrinking(void) {
    static uint8_t chequered[3 * 64], one[3], same[3 * 64];
    for (int i = 0; i < 3 * 64; i++) chequered[i] = (i / 3 + i / 24) % 2 ? 255 : 1;
    images_shrink_rgb(chequered, 8, 8, 1, 1, one);
    check(one[0] == 128 && one[1] == 128 && one[2] == 128, "one pixel is the mean of all: %d", one[0]);
    images_shrink_rgb(chequered, 8, 8, 8, 8, same);
    check(memcmp(same, chequered, sizeof same) == 0, "as many pixels as before are the same");
}

/// Each mean is that of a plain sum over its cell, of every so many rows.
static void expect_means(
    const float *means, const uint8_t *samples, int step, int stride, int width, int height, int every, int columns,
    int rows) {
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++) {
            double sum = 0;
            int count = 0;
            for (int y = row * height / rows; y < (row + 1) * height / rows; y += every)
                for (int x = column * width / columns; x < (column + 1) * width / columns; x++, count++)
                    sum += samples[y * stride + step * x];
            check(fabs(means[row * columns + column] - sum / count) < 1e-3, "cell %d, %d", column, row);
        }
}

/// The grid is that of a plain sum, on sizes that do not divide, with a stride; the median that of a sorted row.
static void grids(void) {
    enum { width = 101, height = 1050, stride = 120, columns = 7, rows = 2 };
    static uint8_t picture[height * stride];
    uint16_t line[width];
    float means[columns * rows], values[50];
    uint32_t state = 1;
    for (int i = 0; i < height * stride; i++) picture[i] = (uint8_t)((state = state * 1664525 + 1013904223) >> 24);
    memset(picture, 255, height * stride / 2);
    images_grid(picture, width, height, stride, columns, rows, line, means);
    // Of 525 rows every fourth.
    expect_means(means, picture, 1, stride, width, height, 4, columns, rows);
    check(means[0] == 255, "a white cell is white, not %f", (double)means[0]);
    // Of samples three bytes apart every second row.
    enum { samples = 40, bands = 200 };
    const uint8_t *grey = picture + 600 * stride + 1;
    images_sample_grid(grey, 3, stride, samples, bands, columns, rows, means);
    expect_means(means, grey, 3, stride, samples, bands, 2, columns, rows);
    for (int count = 1; count <= 50; count++) {
        for (int i = 0; i < count; i++) values[i] = (float)((state = state * 1664525 + 1013904223) >> 28);
        const float median = images_median(values, (size_t)count);
        int less = 0, equal = 0;
        for (int i = 0; i < count; i++) less += values[i] < median, equal += values[i] == median;
        check(less <= count / 2 && count / 2 < less + equal, "the median of %d", count);
    }
}

int main(void) {
    // What Pillow drew; PNG gives it back exactly.
    uint8_t gradient[3 * PIXELS];
    const struct file exact = read_seed("png/RGB.png");
    require(decoded(NULL, exact.bytes, exact.size, IMAGES_RGB, gradient, sizeof gradient) == 0, "RGB.png: %s", reason);
    const uint8_t *centre = gradient + 3 * (HEIGHT / 2 * WIDTH + WIDTH / 2);
    check(centre[0] < 60 && gradient[0] > 200,
          "it is dark in its centre, %d, and light in its corner, %d", centre[0], gradient[0]);
    png(gradient);
    jpeg(gradient);
    orientations();
    loops();
    grids();
    encoding();
    shrinking();
    return check_end();
}
