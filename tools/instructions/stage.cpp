// One stage of the vision core, some times over, for counting instructions:
//     stage PACK PROCESSOR STAGE TIMES PICTURE.ppm
// PROCESSOR is base, avx2 or avx512. What TIMES of 0 costs is what loading costs.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "CFaces.h"
#include "CMatch.h"

namespace {

[[noreturn]] void fail(const char *why) {
    std::fprintf(stderr, "stage: %s\n", why);
    std::exit(1);
}

struct picture {
    int32_t width = 0, height = 0;
    std::vector<uint8_t> rgb, grey;

    explicit picture(const char *path) {
        FILE *file = std::fopen(path, "rb");
        if (!file || std::fscanf(file, "P6 %d %d 255", &width, &height) != 2) fail("the picture cannot be read");
        std::fgetc(file);
        rgb.resize(static_cast<size_t>(width) * static_cast<size_t>(height) * 3);
        if (std::fread(rgb.data(), 1, rgb.size(), file) != rgb.size()) fail("the picture ends early");
        std::fclose(file);
        for (size_t i = 0; i < rgb.size(); i += 3) {
            const uint32_t luma = 19595u * rgb[i] + 38470u * rgb[i + 1] + 7471u * rgb[i + 2];
            grey.push_back(static_cast<uint8_t>((luma + 32768u) >> 16));
        }
    }

    rc_luma luma() const { return {grey.data(), width, height, width}; }
};

void must(rc_status status, const char *what) {
    if (status != RC_OK) fail(what);
}

void matching(const char *processor, int times) {
    const bool is_base = !std::strcmp(processor, "base"), is_avx2 = !std::strcmp(processor, "avx2");
    constexpr size_t count = 10000;
    std::vector<float> templates(count * RM_NUMBERS);
    std::vector<uint32_t> people(count);
    uint32_t state = 1;
    for (float &number : templates) {
        number = 0;
        for (int i = 0; i < 4; ++i)
            number += static_cast<float>((state = state * 1664525 + 1013904223) >> 8) / float(1 << 24) - 0.5f;
        number *= 0.087f;
    }
    for (size_t i = 0; i < count; ++i) people[i] = static_cast<uint32_t>(i);
    rm_gallery *gallery =
        rm_gallery_make(templates.data(), people.data(), count, is_base ? RM_BASE : is_avx2 ? RM_AVX2 : RM_AVX512);
    if (!gallery) fail("there is no such processor");
    std::vector<float> scratch(rm_gallery_scratch(gallery)), probe(&templates[0], &templates[RM_NUMBERS]);
    for (int i = 0; i < RM_NUMBERS; ++i) probe[static_cast<size_t>(i)] += i % 2 ? 0.02f : -0.02f;
    rm_neighbour nearest[4];
    for (int i = 0; i < times; ++i) rm_gallery_nearest(gallery, probe.data(), scratch.data(), nearest, 4);
    rm_gallery_free(gallery);
}

void vision(const char *pack, const char *processor, const std::string &stage, int times, const picture &image) {
    rc_options options = {};
    options.weights = stage == "descriptor-fp32" ? RC_WEIGHTS_32 : RC_WEIGHTS_16;
    options.processor = !std::strcmp(processor, "base")   ? RC_PROCESSOR_BASE
                        : !std::strcmp(processor, "avx2") ? RC_PROCESSOR_AVX2
                                                          : RC_PROCESSOR_AVX512;
    rc_faces *faces = nullptr;
    char message[256];
    if (rc_faces_open(pack, options, &faces, message, sizeof message) != RC_OK) fail(message);
    rc_box boxes[8], region;
    size_t count = 0;
    rc_point points[RC_LANDMARKS];
    rc_chip chip;
    std::vector<uint8_t> cut(RC_CHIP_BYTES), part;
    float descriptor[RC_DESCRIPTOR];
    // What the stages before it give, and its buffers grown to their size.
    must(rc_detect(faces, image.luma(), {}, boxes, 8, &count), "detection");
    if (count == 0) fail("there is no face in the picture");
    must(rc_landmarks(faces, image.luma(), boxes[0], points), "landmarks");
    must(rc_chip_of(faces, points, &chip), "alignment");
    must(rc_chip_region(faces, chip, image.width, image.height, &region), "alignment");
    for (int32_t row = region.top; row <= region.bottom; ++row) {
        const uint8_t *from = &image.rgb[3 * (static_cast<size_t>(row) * static_cast<size_t>(image.width) +
                                              static_cast<size_t>(region.left))];
        part.insert(part.end(), from, from + 3 * (region.right - region.left + 1));
    }
    must(rc_chip_cut(faces, part.data(), region, chip, cut.data()), "alignment");
    must(rc_describe(faces, cut.data(), descriptor), "description");
    for (int i = 0; i < times; ++i) {
        if (stage == "detection") must(rc_detect(faces, image.luma(), {}, boxes, 8, &count), "detection");
        else if (stage == "landmarks") must(rc_landmarks(faces, image.luma(), boxes[0], points), "landmarks");
        else if (stage == "chip") must(rc_chip_cut(faces, part.data(), region, chip, cut.data()), "alignment");
        else if (stage.rfind("descriptor", 0) == 0) must(rc_describe(faces, cut.data(), descriptor), "description");
        else fail("there is no such stage");
    }
    rc_faces_close(faces);
}

}  // namespace

int main(int count, char **arguments) {
    if (count != 6) fail("usage: stage PACK PROCESSOR STAGE TIMES PICTURE.ppm");
    const std::string stage = arguments[3];
    const int times = std::atoi(arguments[4]);
    if (stage == "matching") matching(arguments[2], times);
    else vision(arguments[1], arguments[2], stage, times, picture(arguments[5]));
}
