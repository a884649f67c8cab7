// sources: Sources/CImages/jpeg.c | flags: -ISources/CImages/include | libs: -lturbojpeg | seeds: jpeg
// Any bytes: no crash, and nothing is written beyond the capacity that was stated.
extern "C" {
#include <CImages.h>
}

#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static void *decoder = images_jpeg_create();
    char reason[IMAGES_REASON_SIZE];
    images_header header;
    if (images_jpeg_header(decoder, bytes, size, &header, reason) != 0) return 0;
    if (header.width <= 0 || header.height <= 0) abort();
    if (int64_t{header.width} * header.height > 1 << 16) return 0;
    for (images_colour colour : {IMAGES_GREY, IMAGES_RGB}) {
        std::vector<uint8_t> pixels(size_t(header.width) * header.height * colour);
        images_jpeg_decode(
            decoder, bytes, size, header.width, header.height, colour, pixels.data(), pixels.size(), reason);
        const size_t too_few = pixels.size() - 1;
        if (images_jpeg_decode(
                decoder, bytes, size, header.width, header.height, colour, pixels.data(), too_few, reason) == 0)
            abort();
    }
    return 0;
}
