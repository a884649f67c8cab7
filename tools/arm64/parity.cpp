// CFaces beside dlib called directly, as one program that can be built for another processor:
//
//     parity PACK LANDMARK-MODEL DESCRIPTOR-MODEL PICTURE.ppm...
//
// Prints a line per face (picture, box, eye corners, descriptor), for comparison with another processor's. Exit status 1 when
// boxes, landmarks or chips are not dlib's, a confidence is further than 0.02 or a descriptor further than 1e-4 from it; 2 when
// it could not be tried.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "CDlib.h"
#include "CFaces.h"

namespace {

struct picture {
    int width = 0, height = 0;
    std::vector<uint8_t> rgb, luma;
};

[[noreturn]] void stop(int status, const std::string &text) {
    std::fprintf(stderr, "parity: %s\n", text.c_str());
    std::exit(status);
}

picture read_ppm(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::string kind;
    int depth = 0;
    picture image;
    if (!(file >> kind >> image.width >> image.height >> depth) || kind != "P6" || depth != 255)
        stop(2, path + " is not a PPM of one byte per sample");
    file.get();
    image.rgb.resize(static_cast<size_t>(image.width) * image.height * 3);
    if (!file.read(reinterpret_cast<char *>(image.rgb.data()), image.rgb.size())) stop(2, path + " ends too early");
    image.luma.resize(image.rgb.size() / 3);
    for (size_t i = 0; i < image.luma.size(); ++i)
        image.luma[i] = (77 * image.rgb[3 * i] + 150 * image.rgb[3 * i + 1] + 29 * image.rgb[3 * i + 2]) >> 8;
    return image;
}

void must(rc_status status, const char *what) {
    if (status != RC_OK) stop(2, std::string(what) + " failed with status " + std::to_string(status));
}

void same(bool equal, const std::string &where, const char *what) {
    if (!equal) stop(1, where + ": the " + what + " are not dlib's");
}

/// One face through both; prints its line.
void compare(rc_faces *ours, dlib_models *reference, const std::string &name, const picture &image, rc_box box) {
    rc_luma luma{image.luma.data(), image.width, image.height, image.width};
    rc_point points[RC_LANDMARKS];
    must(rc_landmarks(ours, luma, box, points), "rc_landmarks");
    dlib_box dlibs{{box.left, box.top, box.right, box.bottom}, box.confidence};
    long expected[2 * RC_LANDMARKS];
    dlib_landmarks(reference, luma.pixels, image.width, image.height, dlibs, expected);
    for (int i = 0; i < RC_LANDMARKS; ++i)
        same(points[i].x == expected[2 * i] && points[i].y == expected[2 * i + 1], name, "landmarks");

    rc_chip chip;
    rc_box whole{0, 0, image.width - 1, image.height - 1, 0};
    std::vector<uint8_t> cut(RC_CHIP_BYTES), wanted(RC_CHIP_BYTES);
    must(rc_chip_of(ours, points, &chip), "rc_chip_of");
    must(rc_chip_cut(ours, image.rgb.data(), whole, chip, cut.data()), "rc_chip_cut");
    if (dlib_chip(reference, image.rgb.data(), image.width, image.height, expected, wanted.data()) != 0)
        stop(2, "dlib cut no chip");
    same(cut == wanted, name, "chip's pixels");

    float descriptor[RC_DESCRIPTOR], theirs[RC_DESCRIPTOR];
    must(rc_describe(ours, cut.data(), descriptor), "rc_describe");
    if (dlib_describe(reference, wanted.data(), theirs) != 0) stop(2, "dlib gave no descriptor");
    for (int i = 0; i < RC_DESCRIPTOR; ++i)
        same(std::abs(descriptor[i] - theirs[i]) <= 1e-4f, name, "descriptor's values");

    std::printf("%s %d %d %d %d", name.c_str(), box.left, box.top, box.right, box.bottom);
    for (int i : {36, 45}) std::printf(" %d %d", points[i].x, points[i].y);
    for (float value : descriptor) std::printf(" %.6f", value);
    std::printf("\n");
}

}  // namespace

int main(int count, char **arguments) {
    if (count < 5) stop(2, "usage: parity PACK LANDMARK-MODEL DESCRIPTOR-MODEL PICTURE.ppm...");
    char message[256];
    rc_faces *ours = nullptr;
    if (rc_faces_open(arguments[1], {}, &ours, message, sizeof message) != RC_OK) stop(2, message);
    dlib_models *reference = dlib_open(arguments[2], arguments[3]);
    if (!reference) stop(2, "dlib did not read the models");
    for (int i = 4; i < count; ++i) {
        std::string path = arguments[i], name = path.substr(path.rfind('/') + 1);
        picture image = read_ppm(path);
        rc_box boxes[16];
        dlib_box theirs[16];
        size_t found = 0;
        must(rc_detect(ours, {image.luma.data(), image.width, image.height, image.width}, {}, boxes, 16, &found),
             "rc_detect");
        int expected = dlib_detect(reference, image.luma.data(), image.width, image.height, theirs, 16);
        same(static_cast<int>(found) == expected, name, "numbers of faces");
        for (size_t face = 0; face < found; ++face) {
            const rc_box &box = boxes[face];
            const long sides[4] = {box.left, box.top, box.right, box.bottom};
            same(std::equal(sides, sides + 4, theirs[face].sides) && std::abs(box.confidence - theirs[face].confidence) < 0.02,
                 name,
                 "boxes");
            compare(ours, reference, name, image, box);
        }
        if (found == 0) std::printf("%s none\n", name.c_str());
    }
    rc_faces_close(ours);
    dlib_close(reference);
}
