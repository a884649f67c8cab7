// sources: Sources/CHaar/*.cpp | flags: -ISources/CHaar/include -ffp-contract=off | libs: -lexpat | seeds: haar
// Any bytes: a reason for the refusal, or a cascade whose every window stays in its image.
#include <CHaar.h>

#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

void require(bool condition) {
    if (!condition) abort();
}

std::vector<uint8_t> noise(size_t size) {
    std::vector<uint8_t> made(size);
    uint32_t state = 1;
    for (uint8_t &pixel : made) pixel = uint8_t((state = state * 1664525u + 1013904223u) >> 24);
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    constexpr int width = 71, height = 53;
    static const std::vector<uint8_t> pixels = noise(size_t(width) * height);
    chaar *detector = nullptr;
    char message[64] = "";
    const chaar_status status = chaar_read(bytes, length, &detector, message, sizeof message);
    require(memchr(message, 0, sizeof message) != nullptr);
    if (status != CHAAR_OK) {
        require(detector == nullptr && message[0] != 0);
        return 0;
    }
    // Exactly as large as the image, so that AddressSanitizer sees what is read beside it.
    const std::vector<uint8_t> image(pixels);
    for (const int neighbours : {0, 1}) {
        const chaar_search search{1.3, neighbours, 0, 0, 0, 0, 0, 0};
        std::vector<chaar_box> boxes(100);
        size_t count = 0;
        const chaar_image whole{image.data(), width, height, width};
        require(chaar_detect(detector, whole, &search, boxes.data(), boxes.size(), &count) == CHAAR_OK);
        require(count <= 100);
        for (size_t i = 0; i < count; ++i) {
            const chaar_box &box = boxes[i];
            require(box.left >= 0 && box.top >= 0 && box.width > 0 && box.height > 0 && box.left + box.width <= width);
            require(box.top + box.height <= height && box.neighbours > neighbours - 1);
        }
    }
    chaar_close(detector);
    return 0;
}
