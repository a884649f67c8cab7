// sources: Sources/CFaces/*.cpp Sources/CFaces/*/*.cpp Tests/CDlib/dlib_direct.cpp | flags: -ISources/CFaces/include -ITests/CDlib/include -O2 -DNDEBUG -w | x86-64: -mavx2 -mfma | libs: -lxxhash -ldlib -lopenblas -lpthread -ldl
// Ours against dlib called directly: a photograph, turned, scaled, cut, darkened and noisy as the input says, or noise alone. The
// photographs are those that make-seeds leaves in seeds/portraits. A difference that is more than rounding ends in abort().
#include <CDlib.h>
#include <CFaces.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Picture {
    int width = 0, height = 0;
    std::vector<uint8_t> grey;
};

struct Stages {
    rc_faces *ours = nullptr;
    dlib_models *dlib = nullptr;
    std::vector<Picture> portraits;
};

[[noreturn]] void fail(const char *what, double difference) {
    std::fprintf(stderr, "unlike dlib: %s (%g)\n", what, difference);
    std::abort();
}

Picture read_pgm(const std::filesystem::path &path) {
    Picture picture;
    std::ifstream file(path, std::ios::binary);
    std::string kind;
    int most = 0;
    file >> kind >> picture.width >> picture.height >> most;
    file.get();
    picture.grey.resize(static_cast<size_t>(picture.width) * picture.height);
    file.read(reinterpret_cast<char *>(picture.grey.data()), static_cast<std::streamsize>(picture.grey.size()));
    if (kind != "P5" || !file) fail("a portrait cannot be read", 0);
    return picture;
}

Stages &stages() {
    static Stages made = [] {
        Stages stages;
        // The harness runs in .build/fuzz/parity.
        const char *folder = std::getenv("ROLLCALL_MODELS");
        const std::string models = folder ? folder : "../../../var/models";
        char message[256];
        if (rc_faces_open((models + "/rollcall-models.pack").c_str(), {}, &stages.ours, message, sizeof message) != RC_OK)
            fail(message, 0);
        stages.dlib = dlib_open((models + "/shape_predictor_68_face_landmarks.dat").c_str(),
                                (models + "/dlib_face_recognition_resnet_model_v1.dat").c_str());
        if (!stages.dlib) fail("dlib's models cannot be read", 0);
        for (const auto &file : std::filesystem::directory_iterator("../seeds/portraits"))
            stages.portraits.push_back(read_pgm(file.path()));
        if (stages.portraits.empty()) fail("there is no portrait", 0);
        return stages;
    }();
    return made;
}

/// Numbers out of the input, zeros when it is used up.
struct Input {
    const uint8_t *bytes;
    size_t left;

    int next() {
        if (left == 0) return 0;
        --left;
        return *bytes++;
    }
    double between(double low, double high) { return low + (high - low) * (next() * 256 + next()) / 65535.0; }
};

Picture rendered(Input &input) {
    const Stages &all = stages();
    const Picture &from = all.portraits[static_cast<size_t>(input.next()) % all.portraits.size()];
    Picture picture;
    picture.width = 1 + static_cast<int>(input.between(60, 420));
    picture.height = 1 + static_cast<int>(input.between(60, 420));
    const double scale = input.between(0.25, 2.5), angle = input.between(-0.8, 0.8);
    const double x0 = input.between(0, from.width), y0 = input.between(0, from.height);
    const double gain = input.between(0.1, 1.6), noise = input.next() % 4 == 0 ? input.between(0, 90) : 0;
    uint32_t state = 1 + static_cast<uint32_t>(input.next());
    picture.grey.resize(static_cast<size_t>(picture.width) * picture.height);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const double dx = (x - picture.width / 2) / scale, dy = (y - picture.height / 2) / scale;
            const double u = x0 + dx * std::cos(angle) - dy * std::sin(angle);
            const double v = y0 + dx * std::sin(angle) + dy * std::cos(angle);
            const int column = static_cast<int>(std::floor(u)), row = static_cast<int>(std::floor(v));
            double value = 0;
            if (column >= 0 && row >= 0 && column + 1 < from.width && row + 1 < from.height) {
                const uint8_t *at = &from.grey[static_cast<size_t>(row) * from.width + column];
                const double a = u - column, b = v - row;
                value = (at[0] * (1 - a) + at[1] * a) * (1 - b) + (at[from.width] * (1 - a) + at[from.width + 1] * a) * b;
            }
            state = state * 1664525u + 1013904223u;
            value = value * gain + noise * ((state >> 16) / 32768.0 - 1);
            picture.grey[static_cast<size_t>(y) * picture.width + x] =
                static_cast<uint8_t>(std::min(255.0, std::max(0.0, value)));
        }
    return picture;
}

double overlap(const rc_box &a, const dlib_box &b) {
    const double width = std::min<double>(a.right, b.sides[2]) - std::max<double>(a.left, b.sides[0]) + 1;
    const double height = std::min<double>(a.bottom, b.sides[3]) - std::max<double>(a.top, b.sides[1]) + 1;
    if (width <= 0 || height <= 0) return 0;
    const double both = width * height, first = (a.right - a.left + 1.0) * (a.bottom - a.top + 1.0);
    const double second = (b.sides[2] - b.sides[0] + 1.0) * (b.sides[3] - b.sides[1] + 1.0);
    return both / (first + second - both);
}

void compare_descriptors(const uint8_t *chip) {
    float ours[RC_DESCRIPTOR], dlibs[RC_DESCRIPTOR];
    if (rc_describe(stages().ours, chip, ours) != RC_OK || dlib_describe(stages().dlib, chip, dlibs) != 0)
        fail("a descriptor was not made", 0);
    for (int i = 0; i < RC_DESCRIPTOR; ++i)
        if (!(std::fabs(ours[i] - dlibs[i]) <= 1e-5f)) fail("a descriptor", std::fabs(ours[i] - dlibs[i]));
}

/// Points and chip of one face that dlib has found.
void compare_face(const Picture &picture, const rc_luma &image, const dlib_box &box) {
    Stages &all = stages();
    const rc_box place{static_cast<int32_t>(box.sides[0]), static_cast<int32_t>(box.sides[1]),
                       static_cast<int32_t>(box.sides[2]), static_cast<int32_t>(box.sides[3]), 0};
    rc_point points[RC_LANDMARKS];
    long dlibs[2 * RC_LANDMARKS];
    if (rc_landmarks(all.ours, image, place, points) != RC_OK ||
        dlib_landmarks(all.dlib, picture.grey.data(), picture.width, picture.height, box, dlibs) != RC_LANDMARKS)
        fail("landmarks were not made", 0);
    // One comparison of two grey values that falls the other way moves a few points by a pixel or two.
    for (int i = 0; i < RC_LANDMARKS; ++i) {
        const long away = std::max(std::labs(points[i].x - dlibs[2 * i]), std::labs(points[i].y - dlibs[2 * i + 1]));
        if (away > 4) fail("a landmark, in pixels", static_cast<double>(away));
        points[i] = {static_cast<int32_t>(dlibs[2 * i]), static_cast<int32_t>(dlibs[2 * i + 1])};
    }
    std::vector<uint8_t> rgb;
    for (uint8_t value : picture.grey) rgb.insert(rgb.end(), {value, static_cast<uint8_t>(255 - value), value});
    rc_chip chip;
    rc_box region;
    if (rc_chip_of(all.ours, points, &chip) != RC_OK ||
        rc_chip_region(all.ours, chip, picture.width, picture.height, &region) != RC_OK || region.right < region.left ||
        region.bottom < region.top)
        return;
    std::vector<uint8_t> part;
    for (int y = region.top; y <= region.bottom; ++y) {
        const uint8_t *row = &rgb[(static_cast<size_t>(y) * picture.width + region.left) * 3];
        part.insert(part.end(), row, row + 3 * (region.right - region.left + 1));
    }
    std::vector<uint8_t> ours(RC_CHIP_BYTES), theirs(RC_CHIP_BYTES);
    if (rc_chip_cut(all.ours, part.data(), region, chip, ours.data()) != RC_OK ||
        dlib_chip(all.dlib, rgb.data(), picture.width, picture.height, dlibs, theirs.data()) != 0)
        fail("a chip was not cut", 0);
    for (int i = 0; i < RC_CHIP_BYTES; ++i)
        if (std::abs(ours[i] - theirs[i]) > 2) fail("a chip's pixel", std::abs(ours[i] - theirs[i]));
    compare_descriptors(theirs.data());
}

void compare_faces(const Picture &picture) {
    Stages &all = stages();
    const rc_luma image{picture.grey.data(), picture.width, picture.height, picture.width};
    rc_box ours[64];
    dlib_box dlibs[64];
    size_t count = 0;
    const int found = dlib_detect(all.dlib, picture.grey.data(), picture.width, picture.height, dlibs, 64);
    if (found < 0 || rc_detect(all.ours, image, {}, ours, 64, &count) != RC_OK) fail("detection failed", 0);
    // What is sure on one side is there on the other.
    for (int i = 0; i < found; ++i) {
        double best = 0;
        for (size_t j = 0; j < count; ++j) best = std::max(best, overlap(ours[j], dlibs[i]));
        if (dlibs[i].confidence >= 0.1 && best < 0.9) fail("a face is missed, of confidence", dlibs[i].confidence);
        compare_face(picture, image, dlibs[i]);
    }
    for (size_t j = 0; j < count; ++j) {
        double best = 0;
        for (int i = 0; i < found; ++i) best = std::max(best, overlap(ours[j], dlibs[i]));
        if (ours[j].confidence >= 0.1 && best < 0.9) fail("a face too many, of confidence", ours[j].confidence);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    Input input{bytes, size};
    if (input.next() % 8 == 7) {
        // A chip that no face has.
        std::vector<uint8_t> chip(RC_CHIP_BYTES);
        for (size_t i = 0; i < chip.size(); ++i) chip[i] = size > 1 ? bytes[1 + i % (size - 1)] : 0;
        compare_descriptors(chip.data());
        return 0;
    }
    compare_faces(rendered(input));
    return 0;
}
