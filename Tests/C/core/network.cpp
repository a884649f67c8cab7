// The descriptor network against dlib called directly, by every processor's kernels, with weights of 32 and of 16 bits:
//
//     network PACK LANDMARKS.dat DESCRIPTOR.dat [IMAGE.ppm ...]
//
// The chips are made ones (noise, one colour, extremes, edges) and those of the faces in the images. Built from this
// file, Sources/CFaces and the oracle; links -lxxhash -ldlib -lopenblas -lpthread -ldl.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../../Sources/CFaces/describe/format.h"
#include "../../../Sources/CFaces/describe/network.h"
#include "../../../Sources/CFaces/pack/pack.h"
#include "../../CDlib/include/CDlib.h"
#include "../check.h"
#include "section_copy.h"

static long allocations;

void *operator new(size_t size) {
    ++allocations;
    if (void *memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void *operator new(size_t size, std::align_val_t alignment) {
    ++allocations;
    const auto multiple = static_cast<size_t>(alignment);
    if (void *memory = std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple)) return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, size_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void *memory, size_t, std::align_val_t) noexcept { std::free(memory); }

namespace {

using namespace rollcall;

constexpr int side = 150, chip_bytes = side * side * 3, length = 128;
using chip = std::vector<uint8_t>;
using descriptor = std::vector<float>;

/// Numbers that are the same on every machine.
struct noise {
    uint32_t state = 1;
    uint8_t operator()() { return static_cast<uint8_t>((state = state * 1664525 + 1013904223) >> 24); }
};

/// What no camera sees, and what finds a pixel or channel that is read from the wrong place.
std::vector<chip> made_chips() {
    std::vector<chip> made;
    noise random;
    for (int kind = 0; kind < 24; ++kind) {
        const uint8_t colour[3] = {random(), random(), random()};
        const int across = 1 + random() % 40, down = 1 + random() % 40;
        chip each(chip_bytes);
        for (int i = 0; i < chip_bytes; ++i) {
            const int x = i / 3 % side, y = i / 3 / side;
            const bool odd = (x / across + y / down) % 2;
            switch (kind % 8) {
            case 0: each[i] = random(); break;
            case 1: each[i] = kind < 8 ? 0 : kind < 16 ? 255 : 128; break;
            case 2: each[i] = random() < 128 ? 0 : 255; break;
            case 3: each[i] = (x + y) % 2 ? 255 : 0; break;
            case 4: each[i] = colour[i % 3]; break;
            case 5: each[i] = static_cast<uint8_t>((kind < 8 ? x : kind < 16 ? y : side - 1 - x) * 5 / 3); break;
            case 6: each[i] = odd ? colour[i % 3] : static_cast<uint8_t>(255 - colour[i % 3]); break;
            default: each[i] = i == 3 * (across * side + down) + kind % 3 ? 255 : 0; break;
            }
        }
        made.push_back(each);
    }
    return made;
}

bool read(const char *path, int &width, int &height, std::vector<uint8_t> &rgb) {
    FILE *file = std::fopen(path, "rb");
    int most;
    if (!file) return false;
    bool good = std::fscanf(file, "P6 %d %d %d", &width, &height, &most) == 3 && width > 0 && height > 0 &&
                most == 255 && std::fgetc(file) != EOF;
    if (good) {
        rgb.resize(static_cast<size_t>(3) * width * height);
        good = std::fread(rgb.data(), 1, rgb.size(), file) == rgb.size();
    }
    std::fclose(file);
    return good;
}

/// The chips of the faces that dlib finds, cut by dlib.
void add_faces(dlib_models *oracle, const char *path, std::vector<chip> &chips) {
    int width, height;
    std::vector<uint8_t> rgb;
    if (!check(read(path, width, height, rgb), "%s is an image", path)) return;
    std::vector<uint8_t> grey(rgb.size() / 3);
    for (size_t i = 0; i < grey.size(); ++i)
        grey[i] = static_cast<uint8_t>((rgb[3 * i] + rgb[3 * i + 1] + rgb[3 * i + 2]) / 3);
    dlib_box boxes[8];
    const int found = dlib_detect(oracle, grey.data(), width, height, boxes, 8);
    for (int i = 0; i < found && i < 8; ++i) {
        long points[136];
        chip each(chip_bytes);
        require(dlib_landmarks(oracle, grey.data(), width, height, boxes[i], points) >= 0, "dlib finds the points");
        require(dlib_chip(oracle, rgb.data(), width, height, points, each.data()) >= 0, "dlib cuts the chip");
        chips.push_back(each);
    }
}

double largest_difference(const descriptor &a, const descriptor &b) {
    double largest = 0;
    for (int i = 0; i < length; ++i) {
        const double difference = std::abs(double(a[i]) - b[i]);
        if (!(difference <= largest)) largest = difference;  // also when it is not a number
    }
    return largest;
}

double distance(const descriptor &a, const descriptor &b) {
    double sum = 0;
    for (int i = 0; i < length; ++i) sum += (double(a[i]) - b[i]) * (double(a[i]) - b[i]);
    return std::sqrt(sum);
}

std::vector<descriptor> describe_all(network &by, const std::vector<chip> &chips) {
    std::vector<descriptor> made(chips.size(), descriptor(length));
    const long before = allocations;
    for (size_t i = 0; i < chips.size(); ++i) by.describe(chips[i].data(), made[i].data());
    check(allocations == before, "a description takes no memory: %ld times", allocations - before);
    return made;
}

/// How many pairs of faces lie on the other side of what dlib's authors call the same person, and of a stricter limit.
int decisions_changed(const std::vector<descriptor> &ours, const std::vector<descriptor> &dlibs, size_t first) {
    int changed = 0;
    for (size_t i = first; i < ours.size(); ++i)
        for (size_t j = first; j < i; ++j)
            for (double limit : {0.6, 0.45})
                changed += (distance(ours[i], ours[j]) < limit) != (distance(dlibs[i], dlibs[j]) < limit);
    return changed;
}

bool refused(section model) {
    try {
        network made(model, isa::base);
    } catch (const std::runtime_error &failure) {
        return std::strlen(failure.what()) > 0;
    }
    return false;
}

void refuses_what_is_no_network(section model) {
    namespace format = network_format;
    check(refused({model.bytes, 0}), "nothing is refused");
    check(refused({model.bytes, 40}), "the beginning of a header is refused");
    check(refused({model.bytes, model.size - 1}), "a section that lacks its last byte is refused");
    const size_t places[] = {0, sizeof format::magic - 1, format::half_at, format::half_at + 3, format::size_at,
                             format::size_at + 7};
    for (size_t at : places) {
        std::vector<uint8_t> changed(model.bytes, model.bytes + model.size);
        changed[at] ^= 1;
        check(refused({changed.data(), changed.size()}), "a section with another byte %zu is refused", at);
    }
}

}  // namespace

int main(int count, char **arguments) {
    if (count < 4) {
        std::fprintf(stderr, "usage: network PACK LANDMARKS.dat DESCRIPTOR.dat [IMAGE.ppm ...]\n");
        return 2;
    }
    const pack models(arguments[1]);
    dlib_models *oracle = dlib_open(arguments[2], arguments[3]);
    require(oracle != nullptr, "dlib opens its models");

    std::vector<chip> chips = made_chips();
    const size_t made = chips.size();
    for (int i = 4; i < count; ++i) add_faces(oracle, arguments[i], chips);
    check(chips.size() - made + 4 >= static_cast<size_t>(count), "there is a face in every image");
    std::vector<descriptor> wanted(chips.size(), descriptor(length));
    for (size_t i = 0; i < chips.size(); ++i)
        require(dlib_describe(oracle, chips[i].data(), wanted[i].data()) >= 0, "dlib describes a chip");

    constexpr const char *names[] = {"base", "AVX2", "AVX-512"};
    for (bool half : {false, true}) {
        const section_copy alone(models.find(half ? "network16" : "network32"));
        const section model = alone.view();
        refuses_what_is_no_network(model);
        for (int processor = 0; processor <= static_cast<int>(widest_isa()); ++processor) {
            network ours(model, static_cast<isa>(processor));
            const std::vector<descriptor> found = describe_all(ours, chips);
            double largest = 0;
            for (size_t i = 0; i < chips.size(); ++i) {
                const double difference = largest_difference(found[i], wanted[i]);
                check(difference <= (half ? 5e-4 : 1e-5), "chip %zu is described as by dlib: %g", i, difference);
                largest = std::fmax(largest, difference);
            }
            check(decisions_changed(found, wanted, made) == 0, "no pair of faces is decided otherwise");
            descriptor again(length);
            ours.describe(chips[0].data(), again.data());
            check(again == found[0], "a chip is described alike, whatever came before");
            std::fprintf(
                stderr, "%s, %d bits: %zu chips, %zu of them faces, at most %.2g from dlib\n",
                names[processor], half ? 16 : 32, chips.size(), chips.size() - made,
                largest);
        }
    }
    dlib_close(oracle);
    return check_end();
}
