// The detector against dlib called directly, as every processor's kernels find it: images given as arguments, what is
// made of them, and made ones:
//
//     detector PACK LANDMARKS.dat DESCRIPTOR.dat [IMAGE.pgm ...]
//
// Built from this file, Sources/CFaces and the oracle; links -lxxhash -ldlib -lopenblas -lpthread -ldl.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../../Sources/CFaces/detect/detector.h"
#include "../../../Sources/CFaces/pack/pack.h"
#include "../../../Sources/CFaces/simd/processor.h"
#include "../../CDlib/include/CDlib.h"
#include "../check.h"
#include "section_copy.h"

namespace {

using namespace rollcall;

struct picture {
    int width, height;
    std::vector<uint8_t> pixels;
    picture(int width, int height, uint8_t grey = 0)
        : width(width), height(height), pixels(static_cast<size_t>(width) * height, grey) {}
    uint8_t &at(int x, int y) { return pixels[static_cast<size_t>(y) * width + x]; }
    luma view() const { return {pixels.data(), width, height, width}; }
};

/// Numbers that are the same on every machine.
struct noise {
    uint32_t state;
    uint32_t operator()(uint32_t below) {
        state = state * 1664525 + 1013904223;
        return static_cast<uint32_t>((static_cast<uint64_t>(state >> 8) * below) >> 24);
    }
};

bool read(const char *path, picture &into) {
    FILE *file = std::fopen(path, "rb");
    int width, height, most;
    if (!file) return false;
    bool good = std::fscanf(file, "P5 %d %d %d", &width, &height, &most) == 3 && width > 0 && height > 0 &&
                most == 255 && std::fgetc(file) != EOF;
    if (good) {
        into = picture(width, height);
        good = std::fread(into.pixels.data(), 1, into.pixels.size(), file) == into.pixels.size();
    }
    std::fclose(file);
    return good;
}

/// The part of `from` seen through (x, y) -> (x, y) * scale, turned by `angle`, about the centres; nearest pixel.
picture turned(picture &from, int width, int height, double scale, double angle) {
    picture to(width, height, 90);
    const double c = std::cos(angle) / scale, s = std::sin(angle) / scale;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double dx = x - width / 2.0, dy = y - height / 2.0;
            const int fx = static_cast<int>(std::lround(from.width / 2.0 + c * dx + s * dy));
            const int fy = static_cast<int>(std::lround(from.height / 2.0 - s * dx + c * dy));
            if (fx >= 0 && fy >= 0 && fx < from.width && fy < from.height) to.at(x, y) = from.at(fx, fy);
        }
    return to;
}

picture changed(picture from, double light, int grain, noise random) {
    for (uint8_t &pixel : from.pixels) {
        const int value = static_cast<int>(pixel * light) + (grain ? static_cast<int>(random(2 * grain)) - grain : 0);
        pixel = static_cast<uint8_t>(std::clamp(value, 0, 255));
    }
    return from;
}

picture cut(picture &from, const rectangle &part) {
    picture to(part.right - part.left + 1, part.bottom - part.top + 1);
    for (int y = 0; y < to.height; ++y)
        std::memcpy(&to.at(0, y), &from.at(part.left, part.top + y), to.width);
    return to;
}

double common(const dlib_box &a, const found &b) {
    const double width = std::min<double>(a.sides[2], b.right) - std::max<double>(a.sides[0], b.left) + 1;
    const double height = std::min<double>(a.sides[3], b.bottom) - std::max<double>(a.sides[1], b.top) + 1;
    if (width <= 0 || height <= 0) return 0;
    const double both = width * height;
    return both / ((a.sides[2] - a.sides[0] + 1.0) * (a.sides[3] - a.sides[1] + 1.0) +
                   (b.right - b.left + 1.0) * (b.bottom - b.top + 1.0) - both);
}

/// How the detector is called: as the daemon does, with every weight of every window, or to find what is hardly like a
/// face too: a hundred times as many boxes, which overlap in all ways.
enum way { usual, every_window, lowered, ways };
constexpr const char *way_names[ways] = {"", ", every window", ", lower threshold"};
constexpr double thresholds[ways] = {0, 0, -2};

/// What one processor's detector found of what dlib finds.
struct tally {
    long boxes = 0, same = 0, extra = 0;
};

struct bench {
    dlib_models *oracle;
    std::vector<detector> detectors;
    std::vector<tally> tallies;  ///< ways of the first, ways of the second...
    std::string boxes;           ///< what the first found in the usual way, as text: the same on every processor

    std::vector<dlib_box> by_dlib(const picture &image, double threshold, const char *what);
    void compare(picture image, const char *what);
    void compare(size_t processor, way called, const picture &image, const std::vector<dlib_box> &theirs,
                 const char *what);
};

void bench::compare(size_t processor, way called, const picture &image, const std::vector<dlib_box> &theirs,
                    const char *what) {
    std::vector<found> out;
    search wanted;
    wanted.threshold = thresholds[called];
    if (called == every_window) detectors[processor].detect_exhaustively(image.view(), wanted, out);
    else detectors[processor].detect(image.view(), wanted, out);
    tally &sum = tallies[processor * ways + called];
    std::vector<bool> taken(out.size());
    for (const dlib_box &each : theirs) {
        size_t best = out.size();
        double most = 0;
        for (size_t i = 0; i < out.size(); ++i)
            if (const double part = common(each, out[i]); !taken[i] && part > most) most = part, best = i;
        ++sum.boxes;
        const bool there = most >= 0.9;
        check(there || each.confidence < 0.1, "%s, %dx%d%s: the face at %ld, %ld (%.3f) is found", what, image.width,
              image.height, way_names[called], each.sides[0], each.sides[1], each.confidence);
        if (!there) continue;
        taken[best] = true;
        ++sum.same;
        if (most == 1 && each.confidence >= 0)
            check(std::abs(out[best].confidence - each.confidence) < 0.02, "%s: dlib's confidence is %.4f, ours %.4f",
                  what, each.confidence, out[best].confidence);
    }
    for (size_t i = 0; i < out.size(); ++i) {
        check(i == 0 || out[i - 1].confidence >= out[i].confidence, "the best is the first");
        sum.extra += !taken[i];
    }
    if (processor != 0 || called != usual) return;
    for (const found &each : out) {
        // A hardly likely one may be none on another processor.
        if (each.confidence < 0.1) continue;
        char line[100];
        std::snprintf(line, sizeof line, "%d %d %d %d\n", each.left, each.top, each.right, each.bottom);
        boxes += line;
    }
}

std::vector<dlib_box> bench::by_dlib(const picture &image, double threshold, const char *what) {
    std::vector<dlib_box> theirs(10000);
    const int count = dlib_detect_above(
        oracle, threshold, image.pixels.data(), image.width, image.height, theirs.data(), theirs.size());
    require(count >= 0 && count <= static_cast<int>(theirs.size()), "dlib looks at %s", what);
    theirs.resize(count);
    return theirs;
}

void bench::compare(picture image, const char *what) {
    const std::vector<dlib_box> more = by_dlib(image, thresholds[lowered], what);
    // Of boxes that overlap dlib keeps the best: those below a threshold change nothing above it.
    std::vector<dlib_box> theirs;
    for (const dlib_box &each : more)
        if (each.confidence >= 0) theirs.push_back(each);
    for (size_t i = 0; i < detectors.size(); ++i) {
        compare(i, usual, image, theirs, what);
        compare(i, lowered, image, more, what);
    }
    // All windows with all weights: one processor's is enough for each image.
    compare((image.width + image.height) % detectors.size(), every_window, image, theirs, what);
}

bool same(const std::vector<found> &a, const std::vector<found> &b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const found &x, const found &y) {
        return x.left == y.left && x.top == y.top && x.right == y.right && x.bottom == y.bottom &&
               x.confidence == y.confidence;
    });
}

/// What a search may ask for, on an image in which there are faces.
void search_options(detector &ours, picture &image) {
    std::vector<found> all, out;
    ours.detect(image.view(), {}, all);

    // A camera's buffer: rows are further apart than they are wide, and end with the last pixel.
    const int stride = image.width + 37;
    std::vector<uint8_t> wide(static_cast<size_t>(stride) * (image.height - 1) + image.width, 255);
    for (int y = 0; y < image.height; ++y)
        std::memcpy(&wide[static_cast<size_t>(y) * stride], &image.at(0, y), image.width);
    ours.detect({wide.data(), image.width, image.height, stride}, {}, out);
    check(same(all, out), "what lies between the rows does not count");

    search what;
    what.region = {image.width / 7, image.height / 9, image.width - image.width / 8, image.height - image.height / 10};
    ours.detect(image.view(), what, out);
    std::vector<found> expected;
    ours.detect(cut(image, what.region).view(), {}, expected);
    for (found &each : expected) {
        each.left += what.region.left, each.right += what.region.left;
        each.top += what.region.top, each.bottom += what.region.top;
    }
    check(same(expected, out), "a region is searched as if it were the image");
    what.region = {image.width, 0, image.width + 100, 100};
    ours.detect(image.view(), what, out);
    check(out.empty(), "there is nothing beside the image");
    what.region = {-50, -50, image.width + 50, image.height + 50};
    ours.detect(image.view(), what, out);
    check(same(all, out), "of a region only what is in the image counts");

    what = {};
    what.threshold = 0.4;
    ours.detect(image.view(), what, out);
    expected.clear();
    for (const found &each : all)
        if (each.confidence >= what.threshold) expected.push_back(each);
    check(same(expected, out), "a higher threshold leaves the better ones");
    what.threshold = -0.4;
    ours.detect(image.view(), what, out);
    check(out.size() >= all.size() && same(all, std::vector<found>(out.begin(), out.begin() + all.size())),
          "a lower threshold only adds");

    for (int least : {80, 97, 120, 200, 1000}) {
        what = {};
        what.minimum_face = least;
        ours.detect(image.view(), what, out);
        for (const found &each : all)
            if (each.right - each.left >= 1.2 * least) {
                const bool there = std::any_of(out.begin(), out.end(), [&](const found &one) {
                    return one.left == each.left && one.top == each.top && one.right == each.right;
                });
                check(there, "a face of %d pixels is found when %d are asked for", each.right - each.left + 1, least);
            }
        for (const found &each : out)
            check(each.right - each.left + 1 > least / 1.25, "none of %d pixels when %d are asked for",
                  each.right - each.left + 1, least);
    }
}

void refuses(std::vector<uint8_t> bytes, size_t size, const char *what) {
    alignas(4096) static uint8_t memory[1 << 18];
    require(bytes.size() <= sizeof memory, "the section is small");
    std::copy(bytes.begin(), bytes.end(), memory);
    try {
        detector refused({memory, size}, isa::base);
        check(false, "%s is refused", what);
    } catch (const std::runtime_error &) {
        check(true, "%s is refused", what);
    }
}

void made_images(bench &test) {
    noise random{7};
    // Smaller than a window, a cell, or a level; cells that are cut; sides around every remainder of 8.
    for (int height : {1, 2, 3, 11, 12, 20, 28, 63, 64, 80, 97})
        for (int width : {1, 2, 7, 12, 19, 20, 21, 28, 30, 33, 64, 66, 83, 120, 131}) {
            picture image(width, height);
            for (uint8_t &pixel : image.pixels) pixel = static_cast<uint8_t>(random(256));
            test.compare(image, "a small image of noise");
        }
    for (int grey : {0, 1, 128, 255}) test.compare(picture(331, 207, static_cast<uint8_t>(grey)), "one grey");
    for (int step = 1; step < 20; step += 3) {
        picture stripes(400, 300), squares(283, 317), rings(320, 240);
        for (int y = 0; y < 400; ++y)
            for (int x = 0; x < 400; ++x) {
                if (y < 300) stripes.at(x, y) = x / step % 2 ? 255 : 0;
                if (x < 283 && y < 317) squares.at(x, y) = (x / step + y / step) % 2 ? 255 : 0;
                if (x < 320 && y < 240)
                    rings.at(x, y) = static_cast<uint8_t>(static_cast<int>(std::hypot(x - 160, y - 120) * step));
            }
        test.compare(stripes, "stripes"), test.compare(squares, "squares"), test.compare(rings, "rings");
    }
    picture wide(16384, 96), high(90, 16384), dots(640, 480);
    for (picture *each : {&wide, &high, &dots})
        for (uint8_t &pixel : each->pixels) pixel = static_cast<uint8_t>(random(256));
    test.compare(wide, "a wide image"), test.compare(high, "a high image"), test.compare(dots, "noise");
}

void of_a_photograph(bench &test, picture image, const char *path) {
    noise random{static_cast<uint32_t>(digest_of(image.pixels.data(), image.pixels.size()))};
    test.compare(image, path);
    // What `compare` believes of dlib.
    std::vector<dlib_box> faces = test.by_dlib(image, 0, path), more = test.by_dlib(image, thresholds[lowered], path);
    check(!faces.empty() && faces.size() < more.size() && more[faces.size()].confidence < 0 &&
              std::equal(faces.begin(), faces.end(), more.begin(), [](const dlib_box &a, const dlib_box &b) {
                  return std::equal(a.sides, a.sides + 4, b.sides) && a.confidence == b.confidence;
              }), "with a lower threshold dlib finds the same faces in %s, and more", path);
    for (int degrees : {-28, -15, 11, 24})
        test.compare(turned(image, image.width, image.height, 1, degrees * M_PI / 180), "a turned image");
    test.compare(turned(image, image.width * 17 / 10, image.height * 17 / 10, 1.7, 0), "an enlarged image");
    test.compare(turned(image, 1280, 720, 720.0 / image.height, 0.1), "a large image");
    test.compare(turned(image, image.width * 2 / 3 + 5, image.height * 2 / 3 - 3, 0.67, -0.2), "a smaller image");
    test.compare(changed(image, 0.15, 0, random), "a dark image");
    test.compare(changed(image, 1, 25, random), "a noisy image");
    test.compare(changed(image, 1.6, 5, random), "an image with too much light");
    for (int i = 0; i < 12; ++i) {
        const double scale = (45 + random(110)) * 0.01 * 480 / image.height, angle = (random(61) - 30.0) * M_PI / 180;
        const double light = 0.3 + random(120) * 0.01;
        const int grain = static_cast<int>(random(16));
        test.compare(changed(turned(image, 320, 320, scale, angle), light, grain, random), "a changed image");
    }
    for (int i = 0; i < 4; ++i) {
        const int left = static_cast<int>(random(image.width / 2)), top = static_cast<int>(random(image.height / 2));
        const int right = image.width - 1 - static_cast<int>(random(image.width / 2 - 1));
        const int bottom = image.height - 1 - static_cast<int>(random(image.height / 2 - 1));
        test.compare(cut(image, {left, top, right, bottom}), "a part of an image");
    }
}

}  // namespace

int main(int count, char **arguments) {
    require(count >= 4, "detector PACK LANDMARKS.dat DESCRIPTOR.dat [IMAGE.pgm ...]");
    const pack models(arguments[1]);
    const section_copy model(models.find("detector"));
    std::printf("section %zu bytes %016llx\n", model.size,
                static_cast<unsigned long long>(digest_of(model.bytes, model.size)));
    const std::vector<uint8_t> bytes(model.bytes, model.bytes + model.size);
    refuses(bytes, bytes.size() - 1, "a section that is cut");
    refuses({}, 0, "an empty section");
    std::vector<uint8_t> other = bytes;
    other[7] ^= 1;
    refuses(other, other.size(), "a section of another version");

    bench test{dlib_open(arguments[2], arguments[3]), {}, {}, {}};
    require(test.oracle != nullptr, "dlib opens its models");
    for (isa each : {isa::base, isa::avx2, isa::avx512})
        if (each <= widest_isa()) test.detectors.emplace_back(model.view(), each);
    test.tallies.resize(ways * test.detectors.size());

    made_images(test);
    for (int i = 4; i < count; ++i) {
        picture image(1, 1);
        require(read(arguments[i], image), "%s is a PGM", arguments[i]);
        of_a_photograph(test, image, arguments[i]);
        for (detector &each : test.detectors) search_options(each, image);
    }
    for (size_t i = 0; i < test.tallies.size(); ++i) {
        const tally &sum = test.tallies[i];
        std::fprintf(stderr, "processor %zu%s: %ld boxes of dlib's, %ld found, %ld extra\n", i / ways,
                     way_names[i % ways], sum.boxes, sum.same, sum.extra);
        check(sum.boxes > 0 || count == 4, "dlib finds faces in the photographs");
        check(sum.same >= 0.998 * sum.boxes, "%ld of %ld boxes are found", sum.same, sum.boxes);
        check(sum.extra <= 0.002 * sum.boxes, "%ld more than %ld boxes are found", sum.extra, sum.boxes);
    }
    std::printf("boxes %016llx\n", static_cast<unsigned long long>(digest_of(test.boxes.data(), test.boxes.size())));
    dlib_close(test.oracle);
    return check_end();
}
