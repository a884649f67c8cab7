// sources: Sources/CImages/exif.c | flags: -ISources/CImages/include | libs: -lexif | seeds: jpeg
// Any bytes: no crash, and an orientation that there is.
extern "C" {
#include <CImages.h>
}

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    const int orientation = images_exif_orientation(bytes, size);
    if (orientation < 1 || orientation > 8) abort();
    return 0;
}
