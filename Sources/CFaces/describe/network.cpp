#include "network.h"

#include <cstring>
#include <stdexcept>

#include "format.h"

namespace rollcall {

namespace {

namespace format = network_format;

template <typename Number>
Number read(const section &model, size_t at) {
    Number value;
    std::memcpy(&value, model.bytes + at, sizeof value);
    return value;
}

/// Whether the wide layers' weights have 16 bits.
bool checked(const section &model) {
    if (model.size < format::layers_at || std::memcmp(model.bytes, format::magic, sizeof format::magic) != 0)
        throw std::runtime_error("the descriptor network of the models is of another format");
    const auto half = read<uint32_t>(model, format::half_at);
    const auto size = read<uint64_t>(model, format::size_at);
    if (half > 1 || size != format::size_of(half) || size > model.size)
        throw std::runtime_error("the descriptor network of the models does not have the size that it should have");
    return half;
}

describe_function function_for(isa processor, bool half) {
#if defined(__x86_64__)
    if (processor == isa::avx512) return half ? avx512::describe_half : avx512::describe_single;
    if (processor == isa::avx2) return half ? avx2::describe_half : avx2::describe_single;
#endif
    (void)processor;
    return half ? base::describe_half : base::describe_single;
}

}  // namespace

network::network(section model, isa processor) : work_(std::make_unique<workspace>()) {
    static_assert(sizeof layers_ / sizeof layers_[0] == format::layer_count);
    const bool half = checked(model);
    const uint8_t *next = model.bytes + format::layers_at;
    for (int i = 0; i < format::layer_count; ++i) {
        const format::layer &layer = format::layers[i];
        layers_[i] = {reinterpret_cast<const float *>(next), next + layer.bias_bytes()};
        next += layer.bias_bytes() + layer.weight_bytes(half);
    }
    describe_ = function_for(processor, half);
}

void network::describe(const uint8_t *chip, float *out) { describe_(chip, layers_, *work_, out); }

}  // namespace rollcall
