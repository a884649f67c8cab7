#include "model.h"

#include <cmath>
#include <cstring>
#include <stdexcept>

namespace rollcall {

using namespace detector_format;

detector_model::detector_model(section from) {
    if (!from.bytes || from.size != detector_format::size || std::memcmp(from.bytes, magic, sizeof magic) != 0 ||
        reinterpret_cast<uintptr_t>(from.bytes) % 64 != 0)
        throw std::runtime_error("the section of the face detector is not one of this version");
    double numbers[filters + 2];
    std::memcpy(numbers, from.bytes + thresholds_at, sizeof numbers);
    for (double number : numbers)
        if (!std::isfinite(number)) throw std::runtime_error("a threshold of the face detector is no number");
    std::memcpy(thresholds, numbers, sizeof thresholds);
    overlap = numbers[filters], coverage = numbers[filters + 1];
    weights = reinterpret_cast<const float *>(from.bytes + weights_at);
}

}  // namespace rollcall
