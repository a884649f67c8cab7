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
    const auto floats = [&](size_t at) { return reinterpret_cast<const float *>(from.bytes + at); };
    looks = {floats(projection_at), units, reinterpret_cast<const int32_t *>(from.bytes + units_at),
             floats(first_at), floats(coarse_at), {}, {}};
    for (int f = 0; f < filters; ++f) {
        looks.first_least[f] = floats(first_least_at)[f], looks.least[f] = floats(least_at)[f];
        if (!std::isfinite(looks.first_least[f]) || !std::isfinite(looks.least[f]))
            throw std::runtime_error("a threshold of the face detector is no number");
    }
    for (int u = 0; u < units; ++u)
        if (looks.unit[u] < 0 || looks.unit[u] >= side * channels)
            throw std::runtime_error("the face detector looks at a row that no window has");
    weights = floats(weights_at);
}

}  // namespace rollcall
