// What CFaces refuses, and that its stages fit together; whether they are right is tools/arm64/parity.cpp's to say.
#include "CFaces.h"

#include <unistd.h>
#include <xxhash.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "../../Sources/CFaces/pack/format.h"
#include "check.h"

namespace {

constexpr int width = 240, height = 200;

std::vector<uint8_t> noise(size_t size) {
    std::vector<uint8_t> bytes(size);
    uint32_t state = 1;
    for (auto &byte : bytes) byte = static_cast<uint8_t>((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

/// A pack with one section of a page whose only fault is what `edit` does to its bytes before they are checksummed.
template <typename Edit>
std::vector<uint8_t> small_pack(Edit edit) {
    using namespace rollcall::pack_format;
    std::vector<uint8_t> bytes(2 * page);
    const uint32_t one = 1;
    const uint64_t size = bytes.size(), offset = page;
    std::memcpy(&bytes[0], magic, sizeof magic);
    std::memcpy(&bytes[version_at], &version, 4);
    std::memcpy(&bytes[count_at], &one, 4);
    std::memcpy(&bytes[size_at], &size, 8);
    std::memcpy(&bytes[table_at], "part", 4);
    std::memcpy(&bytes[table_at + name_bytes], &offset, 8);
    std::memcpy(&bytes[table_at + name_bytes + 8], &offset, 8);
    edit(bytes);
    XXH128_canonical_t checksum;
    XXH128_canonicalFromHash(&checksum, XXH3_128bits(bytes.data(), bytes.size()));
    std::memcpy(&bytes[checksum_at], checksum.digest, checksum_bytes);
    return bytes;
}

/// Writes the bytes and expects the refusal, or a good pack when `expected` is null.
void expect(const char *expected, const std::vector<uint8_t> &bytes) {
    char path[] = "/tmp/pack.XXXXXX";
    const int file = mkstemp(path);
    require(file >= 0 && write(file, bytes.data(), bytes.size()) == ssize_t(bytes.size()), "a file is written");
    close(file);
    rc_pack_facts facts;
    char message[256] = "";
    const rc_status status = rc_pack_check(path, &facts, message, sizeof message);
    std::remove(path);
    if (expected)
        check(status == RC_BAD_MODEL && std::strstr(message, expected), "a pack is refused because %s: %s", expected, message);
    else
        check(status == RC_OK && facts.size == bytes.size() && std::strlen(facts.checksum) == 32, "a good pack: %s", message);
}

void packs() {
    using namespace rollcall::pack_format;
    using bytes = std::vector<uint8_t>;
    const bytes good = small_pack([](bytes &) {});
    expect(nullptr, good);
    expect("it is empty", {});
    for (size_t size : {size_t(1), sizeof magic, page - 1, page, 2 * page - 1})
        expect(size < table_at ? "it is" : "it is cut off", bytes(good.begin(), good.begin() + size));
    bytes longer = good;
    longer.push_back(0);
    expect("more than the", longer);
    for (size_t at = 0; at < good.size(); at += at < 2 * table_at + 64 ? 1 : 97) {
        bytes altered = good;
        altered[at] ^= 0x10;
        expect("it", altered);
    }
    expect("not a pack", small_pack([](bytes &pack) { pack[0] = 'x'; }));
    expect("older than this program's", small_pack([](bytes &pack) { pack[version_at] = version - 1; }));
    expect("newer than this program's", small_pack([](bytes &pack) { pack[version_at] = version + 1; }));
    expect("longer than its place", small_pack([](bytes &pack) { pack[count_at + 1] = 1; }));
    const size_t entry = table_at + name_bytes;
    expect("section 1", small_pack([=](bytes &pack) { pack[entry] = 1; }));             // not at a page
    expect("section 1", small_pack([=](bytes &pack) { pack[entry + 1] = 0; }));         // over the header
    expect("section 1", small_pack([=](bytes &pack) { pack[entry + 7] = 0xff; }));      // beyond the file
    expect("section 1", small_pack([=](bytes &pack) { pack[entry + 8] = 1; }));         // a byte too long
    expect("section 1", small_pack([=](bytes &pack) { pack[entry + 15] = 0xff; }));     // so long that a sum would wrap
    expect("section 1", small_pack([=](bytes &pack) { std::memset(&pack[table_at], 'x', name_bytes); }));
    expect("section 2", small_pack([=](bytes &pack) { pack[count_at] = 2; }));
}

rc_faces *opened() {
    const char *folder = std::getenv("ROLLCALL_MODELS");
    const std::string pack = std::string(folder ? folder : "../../../var/models") + "/rollcall-models.pack";
    char message[256] = "";
    rc_faces *faces = nullptr;
    auto refused = [&](const char *path) {
        return rc_faces_open(path, {}, &faces, message, sizeof message) == RC_BAD_MODEL && !faces && message[0];
    };
    check(refused("/no/such/file"), "a pack that is missing is refused: %s", message);
    check(refused("/"), "a folder is refused: %s", message);
    check(refused("/dev/null"), "a device is refused: %s", message);
    check(refused("/proc/self/exe"), "another file is refused: %s", message);
    check(rc_faces_open(nullptr, {}, &faces, message, sizeof message) == RC_BAD_ARGUMENT, "no name is refused");
    check(rc_faces_open(pack.c_str(), {}, nullptr, message, sizeof message) == RC_BAD_ARGUMENT,
          "no place for the handle is refused");
    check(rc_pack_check(pack.c_str(), nullptr, message, sizeof message) == RC_BAD_ARGUMENT, "no place for the facts");
    char little[5] = "----";
    rc_faces_open("/no/such/file", {}, &faces, little, sizeof little);
    check(std::memchr(little, 0, sizeof little) != nullptr, "a message is cut to its room");

    for (rc_weights weights : {RC_WEIGHTS_32, RC_WEIGHTS_16})
        for (rc_processor processor : {RC_PROCESSOR_BASE, RC_PROCESSOR_AVX2, RC_PROCESSOR_AVX512}) {
            const rc_status status = rc_faces_open(pack.c_str(), {weights, processor}, &faces, message, sizeof message);
            check(status == RC_OK || (status == RC_NO_CPU && processor != RC_PROCESSOR_BASE),
                  "a way opens where the processor has it: %s", message);
            rc_faces_close(faces);
        }
    require(rc_faces_open(pack.c_str(), {}, &faces, message, sizeof message) == RC_OK, "the models open: %s", message);
    check(message[0] == 0, "nothing is said then");
    return faces;
}

void refusals(rc_faces *faces, const rc_luma &good) {
    rc_box boxes[4], region;
    rc_point points[RC_LANDMARKS] = {};
    rc_chip chip;
    std::vector<uint8_t> cut(RC_CHIP_BYTES);
    size_t count = 7;
    const double nan = std::nan("");
    const rc_luma bad[] = {{nullptr, 9, 9, 9}, {good.pixels, 0, 9, 9}, {good.pixels, 9, -1, 9}, {good.pixels, 9, 9, 8},
                           {good.pixels, 20000, 9, 20000}};
    for (const rc_luma &image : bad) {
        check(rc_detect(faces, image, {}, boxes, 4, &count) == RC_BAD_ARGUMENT, "detection: a picture that cannot be");
        check(rc_landmarks(faces, image, {0, 0, 5, 5, 0}, points) == RC_BAD_ARGUMENT,
              "landmarks: a picture that cannot be");
    }
    check(rc_detect(nullptr, good, {}, boxes, 4, &count) == RC_BAD_ARGUMENT, "no handle");
    // Threshold, least face, and the part that is searched.
    for (const rc_search &search : {rc_search{nan, 80, 0, 0, 0, 0}, rc_search{0, -1, 0, 0, 0, 0},
                                    rc_search{0, 80, -1, 0, 90, 90}, rc_search{0, 80, 0, 0, width + 1, 90},
                                    rc_search{0, 80, 9, 9, 90, height - 8}, rc_search{0, 80, 0, 0, 90, 0},
                                    rc_search{0, 80, INT32_MAX, 0, INT32_MAX, 9}, rc_search{0, 80, 0, 0, -5, 90}})
        check(rc_detect(faces, good, search, boxes, 4, &count) == RC_BAD_ARGUMENT, "a search that cannot be");
    check(rc_landmarks(faces, good, {9, 9, 8, 20, 0}, points) == RC_BAD_ARGUMENT, "a box that cannot be");
    check(rc_chip_of(faces, nullptr, &chip) == RC_BAD_ARGUMENT, "no points");
    check(rc_chip_region(faces, {0, 0, nan, 9, 0}, width, height, &region) == RC_BAD_ARGUMENT, "a chip that cannot be");
    check(rc_chip_cut(faces, good.pixels, {5, 5, 4, 9, 0}, {0, 0, 9, 9, 0}, cut.data()) == RC_BAD_ARGUMENT,
          "an empty region");
    check(rc_describe(faces, nullptr, nullptr) == RC_BAD_ARGUMENT, "no chip");
}

/// The part of a picture in a box that lies within it.
std::vector<uint8_t> part(const std::vector<uint8_t> &rgb, const rc_box &box) {
    std::vector<uint8_t> bytes;
    for (int row = box.top; row <= box.bottom; ++row) {
        const auto start = rgb.begin() + 3 * (row * width + box.left);
        bytes.insert(bytes.end(), start, start + 3 * (box.right - box.left + 1));
    }
    return bytes;
}

void stages(rc_faces *faces, const rc_luma &image) {
    rc_box boxes[4];
    size_t count = 7;
    check(rc_detect(faces, image, {}, boxes, 4, &count) == RC_OK && count == 0, "there is no face in noise, but %zu", count);
    count = 7;
    const rc_search anything{-100, 0, 0, 0, 0, 0}, large{-100, 150, 0, 0, 0, 0}, inside{-100, 0, 100, 80, 120, 110};
    check(rc_detect(faces, image, anything, boxes, 4, &count) == RC_OK && count == 4,
          "at any threshold there are 4, not %zu", count);
    check(rc_detect(faces, image, large, boxes, 4, &count) == RC_OK && count > 0, "and large ones");
    for (size_t i = 0; i < count; ++i)
        check(boxes[i].right - boxes[i].left > 150 * 5 / 6 - 3, "not of %d pixels", boxes[i].right - boxes[i].left + 1);
    check(rc_detect(faces, image, inside, boxes, 4, &count) == RC_OK && count > 0, "and some in a part of the picture");
    for (size_t i = 0; i < count; ++i)
        check(boxes[i].left > 100 - 80 && boxes[i].top > 80 - 80, "that lie there, not at %d, %d", boxes[i].left, boxes[i].top);

    const std::vector<uint8_t> rgb = noise(3 * width * height);
    for (const rc_box &box : {rc_box{60, 40, 180, 160, 0}, rc_box{-40, -30, 79, 90, 0}, rc_box{150, 120, 270, 240, 0}}) {
        rc_point points[RC_LANDMARKS];
        rc_chip chip{};
        require(rc_landmarks(faces, image, box, points) == RC_OK, "landmarks are placed");
        int near = 0;
        for (const rc_point &point : points)
            near += point.x > box.left - 60 && point.x < box.right + 60 && point.y > box.top - 60 &&
                    point.y < box.bottom + 60;
        check(near == RC_LANDMARKS, "they lie in the box or near it, but %d", RC_LANDMARKS - near);
        check(rc_chip_of(faces, points, &chip) == RC_OK && chip.left < chip.right && chip.top < chip.bottom, "a chip is placed");
    }

    // Small and large, upright and on its corner, within the picture and over its border.
    const rc_chip chips[] = {{60, 40, 180, 160, 0}, {85, 65, 155, 135, 0.7854}, {70, 50, 170, 150, 0.7854}, {0, -20, 240, 220, 0.3},
                             {-50, -60, 20, 10, 0}, {-200, -220, 440, 420, 2.2}, {150, 120, 330, 300, -0.7854}};
    for (const rc_chip &chip : chips) {
        rc_box region{};
        require(rc_chip_region(faces, chip, width, height, &region) == RC_OK && region.left >= 0 && region.top >= 0 &&
                    region.right < width && region.bottom < height && region.left <= region.right &&
                    region.top <= region.bottom,
                "its region lies in the picture");
        std::vector<uint8_t> whole(RC_CHIP_BYTES), little(RC_CHIP_BYTES);
        check(rc_chip_cut(faces, rgb.data(), {0, 0, width - 1, height - 1, 0}, chip, whole.data()) == RC_OK, "a chip is cut");
        check(rc_chip_cut(faces, part(rgb, region).data(), region, chip, little.data()) == RC_OK, "and cut from its region");
        check(whole == little, "the region of the chip at %.0f, %.0f is all that it needs", chip.left, chip.top);
    }

    float first[RC_DESCRIPTOR], again[RC_DESCRIPTOR], other[RC_DESCRIPTOR];
    std::vector<uint8_t> chip = noise(RC_CHIP_BYTES);
    check(rc_describe(faces, chip.data(), first) == RC_OK && rc_describe(faces, chip.data(), again) == RC_OK,
          "a chip is described");
    for (auto &byte : chip) byte = 255 - byte;
    check(rc_describe(faces, chip.data(), other) == RC_OK, "another chip is described");
    double norm = 0, distance = 0;
    for (int i = 0; i < RC_DESCRIPTOR; ++i) norm += first[i] * first[i], distance += std::abs(first[i] - other[i]);
    check(std::memcmp(first, again, sizeof first) == 0, "the same chip has the same descriptor");
    check(std::sqrt(norm) > 0.5 && std::sqrt(norm) < 3, "whose norm is a descriptor's, %.2f", std::sqrt(norm));
    check(distance > 0.1, "and another chip another");
}

}  // namespace

int main() {
    // Rows with bytes between them that are not theirs.
    const int stride = width + 7;
    const std::vector<uint8_t> luma = noise(static_cast<size_t>(stride) * height);
    const rc_luma image{luma.data(), width, height, stride};
    packs();
    rc_faces *faces = opened();
    refusals(faces, image);
    stages(faces, image);
    rc_faces_close(faces);
    rc_faces_close(nullptr);
    return check_end();
}
