// sources: Sources/CFaces/*.cpp Sources/CFaces/*/*.cpp | flags: -ISources/CFaces/include | libs: -lxxhash
// Any picture, any box, any points and any chip: no crash and no byte read beyond what was given, whatever the stages make of it.
#include <CFaces.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

/// Values out of the input, zeros when it is used up.
struct Input {
    const uint8_t *bytes;
    size_t left;

    template <typename T>
    T next() {
        T value{};
        size_t count = left < sizeof value ? left : sizeof value;
        std::memcpy(&value, bytes, count);
        bytes += count;
        left -= count;
        return value;
    }
};

rc_faces *open_models() {
    // The harness runs in .build/fuzz/faces.
    const char *folder = std::getenv("ROLLCALL_MODELS");
    const std::string pack = std::string(folder ? folder : "../../../var/models") + "/rollcall-models.pack";
    rc_faces *faces = nullptr;
    char message[256];
    if (rc_faces_open(pack.c_str(), {}, &faces, message, sizeof message) != RC_OK) std::abort();
    return faces;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static rc_faces *const faces = open_models();
    Input input{bytes, size};
    const int32_t width = input.next<int16_t>() % 200, height = input.next<int16_t>() % 200;
    const int32_t stride = width + input.next<int8_t>();
    const rc_box box{input.next<int16_t>(), input.next<int16_t>(), input.next<int16_t>(), input.next<int16_t>(), 0};
    const rc_search search{input.next<int8_t>() / 32.0, input.next<uint8_t>(), input.next<int8_t>(), input.next<int8_t>(),
                           input.next<uint8_t>(), input.next<uint8_t>()};
    rc_point points[RC_LANDMARKS];
    for (auto &point : points) point = {input.next<int16_t>(), input.next<int16_t>()};
    rc_chip chip{input.next<double>(), input.next<double>(), input.next<double>(), input.next<double>(), input.next<double>()};

    // Exactly as many bytes as a picture of this size has, so that AddressSanitizer sees the first one beyond.
    std::vector<uint8_t> pixels(width > 0 && height > 0 && stride >= width ? size_t(height - 1) * stride + width : 1);
    for (auto &pixel : pixels) pixel = input.left ? input.next<uint8_t>() : uint8_t(&pixel - pixels.data());
    const rc_luma image{pixels.data(), width, height, stride};

    rc_box found[4];
    size_t count = 0;
    rc_detect(faces, image, search, found, 4, &count);
    rc_point placed[RC_LANDMARKS];
    rc_landmarks(faces, image, box, placed);
    rc_chip derived;
    for (const rc_chip &each : {chip, rc_chip_of(faces, points, &derived) == RC_OK ? derived : chip}) {
        rc_box region;
        if (rc_chip_region(faces, each, width, height, &region) != RC_OK || region.right < region.left ||
            region.bottom < region.top)
            continue;
        std::vector<uint8_t> rgb(size_t(region.right - region.left + 1) * (region.bottom - region.top + 1) * 3, 77);
        static uint8_t cut[RC_CHIP_BYTES];
        rc_chip_cut(faces, rgb.data(), region, each, cut);
    }
    return 0;
}
