// Cascades, whole and damaged, and windows as their definition has them: sums pixel by pixel, without any integral
// image.
#include "CHaar.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "check.h"

namespace {

/// What the text of a small cascade is made of. Two stages: stumps and trees, upright and tilted features.
struct text {
    std::string head = "<?xml version=\"1.0\"?>\n<opencv_storage>\n<cascade type_id=\"opencv-cascade-classifier\">";
    std::string kind = "<stageType>BOOST</stageType><featureType>HAAR</featureType>";
    std::string size = "<height>10</height><width>12</width>\n";
    std::string first = "<stageThreshold>0.1</stageThreshold><weakClassifiers>"
                        "<_><internalNodes>0 -1 0 0.002</internalNodes><leafValues>-0.25 0.5</leafValues></_>"
                        "<_><internalNodes>0 -1 1 -1e-3</internalNodes><leafValues>.5 -.25</leafValues></_>"
                        "</weakClassifiers>";
    std::string second = "<stageThreshold>0.3</stageThreshold><weakClassifiers>"
                         "<_><internalNodes>\n 1 0 2 -4.e-3 -1 -2 3 1e-3</internalNodes>"
                         "<leafValues>0.5 0.4\n0.1</leafValues></_></weakClassifiers>";
    std::string features = "<_><rects><_>1 1 6 8 -1.</_><_>3 1 2 8 3.</_></rects><tilted>0</tilted></_>"
                           "<_><rects><_>2 3 9 6 -1.</_><_>2 3 3 3 3.</_><_>5 6 3 3 3.</_></rects></_>"
                           "<_><rects><_>6 1 4 3 -1.</_><_>6 1 2 3 2.</_></rects><tilted>1</tilted></_>"
                           "<_><rects><_>0 0 12 10 -1.</_><_>0 5 12 5 2.</_></rects></_>";
    std::string tail = "</features></cascade>\n</opencv_storage>\n";

    std::string whole() const {
        return head + kind + size + "<stageNum>2</stageNum><stages><_>" + first + "</_>\n<_>" + second +
               "</_></stages>\n<features>" + features + tail;
    }
};

/// The same cascade in numbers.
struct part {
    int x, y, width, height;
    float weight;
};
struct feature {
    std::vector<part> parts;
    bool is_tilted;
};
const std::vector<feature> features = {
    {{{1, 1, 6, 8, -1}, {3, 1, 2, 8, 3}}, false},
    {{{2, 3, 9, 6, -1}, {2, 3, 3, 3, 3}, {5, 6, 3, 3, 3}}, false},
    {{{6, 1, 4, 3, -1}, {6, 1, 2, 3, 2}}, true},
    {{{0, 0, 12, 10, -1}, {0, 5, 12, 5, 2}}, false},
};

struct picture {
    int width, height, stride;
    std::vector<uint8_t> pixels;
    int at(int x, int y) const { return pixels[size_t(y) * stride + x]; }
};

/// The triangle that opens upwards from a corner of a tilted rectangle, in the window's own coordinates.
long triangle(const picture &image, int left, int top, int x, int y) {
    long sum = 0;
    for (int v = -top; v < y; ++v) {
        for (int u = -left; u < image.width - left; ++u) {
            if (std::abs(u - x + 1) <= y - v - 1) sum += image.at(left + u, top + v);
        }
    }
    return sum;
}

long sum_of(const picture &image, int left, int top, const part &part, bool is_tilted) {
    if (is_tilted) {
        const auto corner = [&](int x, int y) { return triangle(image, left, top, x, y); };
        return corner(part.x, part.y) - corner(part.x - part.height, part.y + part.height) -
               corner(part.x + part.width, part.y + part.width) +
               corner(part.x + part.width - part.height, part.y + part.width + part.height);
    }
    long sum = 0;
    for (int y = 0; y < part.height; ++y) {
        for (int x = 0; x < part.width; ++x) sum += image.at(left + part.x + x, top + part.y + y);
    }
    return sum;
}

float value(const picture &image, int left, int top, int which, float spread) {
    float sum = 0;
    for (const part &each : features[which].parts)
        sum += each.weight * float(sum_of(image, left, top, each, features[which].is_tilted));
    return sum * spread;
}

enum fate { flat, at_once, later, found };

fate fate_of(const picture &image, int left, int top) {
    double sum = 0, squares = 0;
    for (int y = 1; y < 9; ++y) {
        for (int x = 1; x < 11; ++x) {
            sum += image.at(left + x, top + y);
            squares += image.at(left + x, top + y) * image.at(left + x, top + y);
        }
    }
    const double variance = 80 * squares - sum * sum;
    if (variance <= 0) return flat;
    const float spread = float(1 / std::sqrt(variance));
    if (80 * spread >= 0.1) return flat;
    const auto is = [&](int which, float threshold) { return value(image, left, top, which, spread) < threshold; };
    const double first = double(is(0, 0.002f) ? -0.25f : 0.5f) + (is(1, -1e-3f) ? 0.5f : -0.25f);
    if (first < 0.1f - 1e-5f) return at_once;
    const double second = is(2, -4e-3f) ? (is(3, 1e-3f) ? 0.4f : 0.1f) : 0.5f;
    return second < 0.3f - 1e-5f ? later : found;
}

uint32_t random_number(uint32_t &state) { return (state = state * 1664525u + 1013904223u) >> 16; }

picture noise(int width, int height, int contrast, uint32_t seed) {
    picture made{width, height, width + 5, std::vector<uint8_t>(size_t(width + 5) * height)};
    for (uint8_t &pixel : made.pixels)
        pixel = uint8_t(128 - contrast / 2 + int(random_number(seed) % uint32_t(contrast)));
    return made;
}

chaar *read(const std::string &xml) {
    chaar *detector = nullptr;
    char message[200] = "";
    const chaar_status status =
        chaar_read(reinterpret_cast<const uint8_t *>(xml.data()), xml.size(), &detector, message, sizeof message);
    check((status == CHAAR_OK) == (detector != nullptr), "a detector if and only if it is read");
    require(status == CHAAR_OK, "the cascade is read: %s", message);
    return detector;
}

std::vector<chaar_box> search(chaar *detector, const picture &image, const chaar_search &how) {
    std::vector<chaar_box> boxes(20000);
    size_t count = 0;
    const chaar_image raw{image.pixels.data(), image.width, image.height, image.stride};
    check(chaar_detect(detector, raw, &how, boxes.data(), boxes.size(), &count) == CHAAR_OK, "the search is made");
    boxes.resize(count);
    return boxes;
}

/// The windows of the cascade's own size, as they are walked: every second one, and behind one that fails at once the
/// next is left out.
void windows_by_definition() {
    chaar *detector = read(text().whole());
    int32_t width = 0, height = 0, seen[4] = {};
    chaar_window(detector, &width, &height);
    check(width == 12 && height == 10, "the window is 12x10, not %dx%d", width, height);
    for (uint32_t seed = 1; seed <= 12; ++seed) {
        const picture image = noise(21 + int(seed) * 3, 15 + int(seed) * 2, seed % 4 ? 20 + 18 * int(seed) : 9, seed);
        std::vector<chaar_box> expected;
        const int columns = image.width + 1 - 12, rows = (image.height + 1 - 10) / 2 * 2;
        const int stripes = (columns + 31) / 32, stripe = std::max((rows / 2 + stripes - 1) / stripes, 1) * 2;
        for (int y = 0; y < std::min(image.height + 1 - 10, stripes * stripe); y += 2) {
            for (int x = 0; x < columns; x += 2) {
                const fate fate = fate_of(image, x, y);
                ++seen[fate];
                if (fate == found) expected.push_back({x, y, 12, 10, 1});
                if (fate == at_once) x += 2;
            }
        }
        const std::vector<chaar_box> boxes = search(detector, image, {1.1, 0, 0, 12, 0, 0, 0, 0});
        const bool are_equal =
            boxes.size() == expected.size() &&
            (boxes.empty() || std::memcmp(boxes.data(), expected.data(), boxes.size() * sizeof boxes[0]) == 0);
        check(are_equal, "image %u has %zu windows, not %zu", seed, expected.size(), boxes.size());
    }
    for (int i = 0; i < 4; ++i) check(seen[i] > 50, "fate %d is met often: %d times", i, seen[i]);
    chaar_close(detector);
}

/// What must be the same on every processor, to the last box.
void scales_and_groups() {
    chaar *detector = read(text().whole());
    for (const int side : {40, 101, 160}) {
        const picture image = noise(side, side * 3 / 4, 200, uint32_t(side));
        for (const int neighbours : {0, 2}) {
            const auto boxes = search(detector, image, {1.1, neighbours, 0, 0, 0, 0, 0, 0});
            check(!boxes.empty(), "there are boxes at %d with %d neighbours", side, neighbours);
            for (const chaar_box &each : boxes) {
                check(each.left >= 0 && each.top >= 0 && each.left + each.width <= image.width &&
                          each.top + each.height <= image.height && each.neighbours > (neighbours ? neighbours : 0),
                      "a box lies in the image");
            }
            std::printf("%d, %d neighbours: %zu boxes, %016llx\n", side, neighbours, boxes.size(),
                        static_cast<unsigned long long>(digest_of(boxes.data(), boxes.size() * sizeof boxes[0])));
        }
    }
    // A part of an image is looked at as if it were cut out.
    const picture image = noise(90, 70, 200, 7);
    picture cut{50, 40, 50, {}};
    for (int y = 0; y < 40; ++y) {
        const uint8_t *row = &image.pixels[size_t(y + 13) * image.stride + 21];
        cut.pixels.insert(cut.pixels.end(), row, row + 50);
    }
    auto expected = search(detector, cut, {1.2, 0, 14, 30, 0, 0, 0, 0});
    const auto boxes = search(detector, image, {1.2, 0, 14, 30, 21, 13, 50, 40});
    check(boxes.size() == expected.size() && !boxes.empty(), "%zu boxes, not %zu", expected.size(), boxes.size());
    for (size_t i = 0; i < boxes.size() && i < expected.size(); ++i) {
        check(boxes[i].left == expected[i].left + 21 && boxes[i].top == expected[i].top + 13, "box %zu is moved", i);
        check(boxes[i].width >= 14 && boxes[i].height <= 30, "box %zu keeps to the limits", i);
    }
    chaar_close(detector);
}

void refused(const text &what, const char *reason) {
    const std::string xml = what.whole();
    chaar *detector = nullptr;
    char message[200] = "";
    const chaar_status status =
        chaar_read(reinterpret_cast<const uint8_t *>(xml.data()), xml.size(), &detector, message, sizeof message);
    check(status == CHAAR_BAD_CASCADE && !detector, "refused: %s", reason);
    check(std::strstr(message, reason) != nullptr, "the reason is %s, not %s", reason, message);
    std::printf("%s\n", message);
    chaar_close(detector);
}

template <typename Change>
void refused_with(const char *reason, Change change) {
    text damaged;
    change(damaged);
    refused(damaged, reason);
}

void replace(std::string &in, const std::string &what, const std::string &with) {
    require(in.find(what) != std::string::npos, "the cascade has %s", what.c_str());
    in.replace(in.find(what), what.size(), with);
}

void refusals() {
    refused_with("not well-formed", [](text &t) { t.tail = "</features>"; });
    refused_with("format of OpenCV 2.4", [](text &t) { replace(t.head, "<cascade", "<haarcascade"); });
    refused_with("document type", [](text &t) {
        replace(t.head, "<opencv", "<!DOCTYPE x [<!ENTITY a \"b\">]>\n<opencv");
    });
    refused_with("line 3: a stageType", [](text &t) { replace(t.kind, "BOOST", "TREE"); });
    refused_with("a featureType", [](text &t) { replace(t.kind, "HAAR", "LBP"); });
    refused_with("without featureType", [](text &t) { t.kind = "<stageType>BOOST</stageType>"; });
    refused_with("a second width", [](text &t) { t.size += "<width>12</width>"; });
    refused_with("height is not one number", [](text &t) { replace(t.size, "10", "1O"); });
    refused_with("window is 12x257", [](text &t) { replace(t.size, "10", "257"); });
    refused_with("window is 12x-1", [](text &t) { replace(t.size, "10", "-1"); });
    refused_with("categories", [](text &t) {
        t.size += "<featureParams><maxCatCount>256</maxCatCount></featureParams>";
    });
    refused_with("without trees", [](text &t) { t.first = "<stageThreshold>1</stageThreshold>"; });
    refused_with("without stageThreshold", [](text &t) {
        replace(t.first, "<stageThreshold>0.1</stageThreshold>", "");
    });
    refused_with("stageThreshold is not one", [](text &t) { replace(t.first, "0.1", "1e999"); });
    refused_with("internalNodes is not", [](text &t) { replace(t.first, "0 -1 0 0.002", "0 -1 0"); });
    refused_with("internalNodes is not", [](text &t) { replace(t.first, "0.002", "nan"); });
    refused_with("leafValues is not", [](text &t) { replace(t.first, "-0.25", "a"); });
    refused_with("has 3 leaves", [](text &t) { replace(t.first, "-0.25", "1 2"); });
    refused_with("tree 0 of stage 1 leads nowhere from node 0", [](text &t) { replace(t.second, "1 0 2", "2 0 2"); });
    refused_with("tree 0 of stage 1 leads nowhere from node 1", [](text &t) { replace(t.second, "-1 -2", "1 -2"); });
    refused_with("leads nowhere", [](text &t) { replace(t.second, "-1 -2", "-1 -3"); });
    refused_with("names feature 4 of 4", [](text &t) { replace(t.second, "1 0 2", "1 0 4"); });
    refused_with("names feature -1", [](text &t) { replace(t.second, "1 0 2", "1 0 -1"); });
    refused_with("feature 0 leaves the window", [](text &t) { replace(t.features, "1 1 6 8", "7 1 6 8"); });
    refused_with("feature 2 leaves the window", [](text &t) { replace(t.features, "6 1 4 3", "2 1 4 3"); });
    refused_with("feature 2 leaves the window", [](text &t) { replace(t.features, "6 1 4 3", "6 4 4 3"); });
    refused_with("four whole numbers", [](text &t) { replace(t.features, "1 1 6 8", "1 1 6"); });
    refused_with("more than three", [](text &t) { replace(t.features, "<_>2 3", "<_>0 0 1 1 1</_><_>2 3"); });
    refused_with("too deeply", [](text &t) {
        for (int i = 0; i < 20; ++i) t.size += "<x>";
    });
    refused_with("too much text", [](text &t) { t.size += "<stages>" + std::string(70000, '1'); });
    refused_with("has no features", [](text &t) { t.features.clear(); });
    refused_with("without rectangles", [](text &t) { t.features = "<_><rects></rects></_>"; });
    chaar *detector = nullptr;
    char message[200] = "";
    check(chaar_open("no such file", &detector, message, sizeof message) == CHAAR_BAD_CASCADE && !detector,
          "a file that is not there");
    std::printf("%s\n", message);
    check(chaar_open("/", &detector, message, sizeof message) == CHAAR_BAD_CASCADE && !detector, "a folder");
}

void bad_arguments() {
    chaar *detector = read(text().whole());
    const picture image = noise(30, 30, 50, 1);
    const auto status = [&](chaar_image raw, chaar_search how) {
        size_t count = 9;
        chaar_box box;
        const chaar_status status = chaar_detect(detector, raw, &how, &box, 1, &count);
        check(status == CHAAR_OK || count == 0, "nothing is found in what cannot be");
        return status;
    };
    const chaar_image good{image.pixels.data(), 30, 30, image.stride};
    check(status(good, {1.1, 0, 0, 0, 0, 0, 0, 0}) == CHAAR_OK, "a good search");
    check(status({nullptr, 30, 30, 30}, {1.1, 0, 0, 0, 0, 0, 0, 0}) == CHAAR_BAD_ARGUMENT, "no pixels");
    check(status({good.pixels, 30, 30, 29}, {1.1, 0, 0, 0, 0, 0, 0, 0}) == CHAAR_BAD_ARGUMENT, "a short stride");
    check(status({good.pixels, 0, 30, 30}, {1.1, 0, 0, 0, 0, 0, 0, 0}) == CHAAR_BAD_ARGUMENT, "no width");
    for (const double factor : {1.0, 0.0, -1.0, 11.0, double(NAN)})
        check(status(good, {factor, 0, 0, 0, 0, 0, 0, 0}) == CHAAR_BAD_ARGUMENT, "a factor of %f", factor);
    check(status(good, {1.1, -1, 0, 0, 0, 0, 0, 0}) == CHAAR_BAD_ARGUMENT, "neighbours below 0");
    check(status(good, {1.1, 0, 0, 0, 1, 0, 30, 30}) == CHAAR_BAD_ARGUMENT, "a part that leaves the image");
    check(status(good, {1.1, 0, 0, 0, -1, 0, 3, 3}) == CHAAR_BAD_ARGUMENT, "a part that begins before it");
    check(status(good, {1.1, 0, 0, 0, 0, 0, 11, 11}) == CHAAR_OK, "a part smaller than the window");
    chaar_close(detector);
}

}  // namespace

int main() {
    windows_by_definition();
    scales_and_groups();
    refusals();
    bad_arguments();
    return check_end();
}
