// What CFaces refuses, and that its stages fit together; whether they are right is tools/arm64/parity.cpp's to say.
#include "CFaces.h"

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "check.h"

namespace {

constexpr int width = 240, height = 200;

std::vector<uint8_t> noise(size_t size) {
    std::vector<uint8_t> bytes(size);
    uint32_t state = 1;
    for (auto &byte : bytes) byte = static_cast<uint8_t>((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

rc_faces *opened() {
    const char *folder = std::getenv("ROLLCALL_MODELS");
    const std::string models = folder ? folder : "../../../var/models";
    const std::string landmarks = models + "/shape_predictor_68_face_landmarks.dat";
    const std::string descriptor = models + "/dlib_face_recognition_resnet_model_v1.dat";
    char message[256] = "";
    rc_faces *faces = nullptr;
    check(rc_faces_open("/no/such/file", descriptor.c_str(), &faces, message, sizeof message) == RC_BAD_MODEL && !faces &&
              message[0], "a model that is missing is refused: %s", message);
    check(rc_faces_open(landmarks.c_str(), landmarks.c_str(), &faces, message, sizeof message) == RC_BAD_MODEL && !faces &&
              message[0], "a model of another kind is refused: %s", message);
    check(rc_faces_open(landmarks.c_str(), nullptr, &faces, message, sizeof message) == RC_BAD_ARGUMENT,
          "no name is refused");
    check(rc_faces_open(landmarks.c_str(), descriptor.c_str(), nullptr, message, sizeof message) == RC_BAD_ARGUMENT,
          "no place for the handle is refused");
    char little[5] = "----";
    rc_faces_open("/no/such/file", descriptor.c_str(), &faces, little, sizeof little);
    check(std::memchr(little, 0, sizeof little) != nullptr, "a message is cut to its room");
    require(rc_faces_open(landmarks.c_str(), descriptor.c_str(), &faces, message, sizeof message) == RC_OK,
            "the models open: %s",
            message);
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
        check(rc_detect(faces, image, 0, boxes, 4, &count) == RC_BAD_ARGUMENT, "detection: a picture that cannot be");
        check(rc_landmarks(faces, image, {0, 0, 5, 5, 0}, points) == RC_BAD_ARGUMENT,
              "landmarks: a picture that cannot be");
    }
    check(rc_detect(faces, good, nan, boxes, 4, &count) == RC_BAD_ARGUMENT, "a threshold that is no number");
    check(rc_detect(nullptr, good, 0, boxes, 4, &count) == RC_BAD_ARGUMENT, "no handle");
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
    check(rc_detect(faces, image, 0, boxes, 4, &count) == RC_OK && count == 0, "there is no face in noise, but %zu", count);
    count = 7;
    check(rc_detect(faces, image, -100, boxes, 4, &count) == RC_OK && count == 4,
          "at any threshold there are 4, not %zu", count);

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
    rc_faces *faces = opened();
    refusals(faces, image);
    stages(faces, image);
    rc_faces_close(faces);
    rc_faces_close(nullptr);
    return check_end();
}
