// sources: Sources/CImages/png.c | flags: -ISources/CImages/include | libs: -lpng16 | seeds: png
// Any bytes: no crash, and nothing is written beyond the capacity that was stated.
extern "C" {
#include <CImages.h>
}

#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char reason[IMAGES_REASON_SIZE];
    images_header header;
    if (images_png_header(bytes, size, &header, reason) != 0) return 0;
    if (header.width <= 0 || header.height <= 0 || header.colour == IMAGES_CMYK) abort();
    if (int64_t{header.width} * header.height > 1 << 16) return 0;
    for (images_colour colour : {IMAGES_GREY, IMAGES_RGB}) {
        std::vector<uint8_t> pixels(size_t(header.width) * header.height * colour);
        images_png_decode(bytes, size, header.width, header.height, colour, pixels.data(), pixels.size(), reason);
        if (images_png_decode(
                bytes, size, header.width, header.height, colour, pixels.data(), pixels.size() - 1, reason) == 0)
            abort();
    }
    return 0;
}
