// The descriptor network for the pack: each convolution with its affine layer folded in, as Sources/CFaces/describe
// wants it.

#include <cstring>
#include <stdexcept>

#include "../../Sources/CFaces/describe/format.h"
#include "sections.h"

namespace {

using rollcall::network_format::layer;
using rollcall::network_format::layers;
using rollcall::network_format::method;
using rollcall::network_format::panel;

/// Filters [outputs][inputs][side][side] and bias of a convolution, in double; a matrix has side 1.
struct filters {
    int outputs, inputs, side;
    std::vector<double> weights, bias;

    double at(int output, int input, int row, int column) const {
        if (row >= side || column >= side) return 0;
        return weights[((size_t(output) * inputs + input) * side + row) * side + column];
    }
};

/// dlib's layers from the image on; what has no weights (pooling, ReLU, sums) is passed over.
class collector {
public:
    explicit collector(std::vector<filters> &found) : found_(found) {}

    template <typename Any> void operator()(Any &) {}

    template <long N, long Rows, long Columns, int Y, int X, int PadY, int PadX, typename Below>
    void operator()(dlib::add_layer<dlib::con_<N, Rows, Columns, Y, X, PadY, PadX>, Below> &each) {
        static_assert(Rows == Columns, "filters are square");
        const dlib::tensor &values = each.layer_details().get_layer_params();
        const float *from = values.host();
        const size_t weights = values.size() - N;
        const int inputs = static_cast<int>(weights / (N * Rows * Columns));
        found_.push_back({N, inputs, Rows, {from, from + weights}, {from + weights, from + values.size()}});
    }

    /// y = gamma (w x + b) + beta, one gamma and beta for each output: what batch normalisation leaves after training.
    template <typename Below> void operator()(dlib::add_layer<dlib::affine_, Below> &each) {
        const float *gamma = each.layer_details().get_gamma().host(), *beta = each.layer_details().get_beta().host();
        filters &below = found_.back();
        const size_t of_one = below.weights.size() / below.outputs;
        for (int output = 0; output < below.outputs; ++output) {
            for (size_t i = 0; i < of_one; ++i) below.weights[output * of_one + i] *= gamma[output];
            below.bias[output] = below.bias[output] * gamma[output] + beta[output];
        }
    }

    template <unsigned long N, dlib::fc_bias_mode Mode, typename Below>
    void operator()(dlib::add_layer<dlib::fc_<N, Mode>, Below> &each) {
        static_assert(Mode == dlib::FC_NO_BIAS, "the matrix has no bias");
        const dlib::tensor &values = each.layer_details().get_layer_params();
        const int inputs = static_cast<int>(values.size() / N);
        filters made{N, inputs, 1, std::vector<double>(values.size()), std::vector<double>(N)};
        for (int input = 0; input < inputs; ++input)
            for (unsigned long output = 0; output < N; ++output)
                made.weights[output * inputs + input] = values.host()[input * N + output];
        found_.push_back(std::move(made));
    }

private:
    std::vector<filters> &found_;
};

/// The 7x7 filters of every second pixel as 4x4 filters of blocks of 2x2 pixels: 12 inputs [row][column][colour].
filters of_blocks(const filters &stem) {
    filters made{stem.outputs, 12, 4, std::vector<double>(size_t(stem.outputs) * 12 * 16), stem.bias};
    for (int output = 0; output < stem.outputs; ++output)
        for (int input = 0; input < 12; ++input)
            for (int row = 0; row < 4; ++row)
                for (int column = 0; column < 4; ++column)
                    made.weights[((size_t(output) * 12 + input) * 4 + row) * 4 + column] =
                        stem.at(output, input % 3, 2 * row + input / 6, 2 * column + input / 3 % 2);
    return made;
}

/// G of U = G g G^T (Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, section 4), for the
/// points 0, 1, -1, 2, -2 and infinity, or 0, 1, -1 and infinity.
struct transform {
    int tile, side;
    double g[6][4];
};
constexpr transform for_stem{
    6, 4, {{1 / 4.}, {-1 / 6., -1 / 6., -1 / 6., -1 / 6.}, {-1 / 6., 1 / 6., -1 / 6., 1 / 6.},
           {1 / 24., 1 / 12., 1 / 6., 1 / 3.}, {1 / 24., -1 / 12., 1 / 6., -1 / 3.}, {0, 0, 0, 1}}};
constexpr transform for_tiles4x4{
    6, 3, {{1 / 4.}, {-1 / 6., -1 / 6., -1 / 6.}, {-1 / 6., 1 / 6., -1 / 6.},
           {1 / 24., 1 / 12., 1 / 6.}, {1 / 24., -1 / 12., 1 / 6.}, {0, 0, 1}}};
constexpr transform for_tiles2x2{4, 3, {{1}, {1 / 2., 1 / 2., 1 / 2.}, {1 / 2., -1 / 2., 1 / 2.}, {0, 0, 1}}};

/// One element of a filter's transformed tile.
double transformed(const filters &from, const transform &by, int output, int input, int element) {
    const double *down = by.g[element / by.tile], *across = by.g[element % by.tile];
    double sum = 0;
    for (int row = 0; row < by.side; ++row)
        for (int column = 0; column < by.side; ++column)
            sum += down[row] * from.at(output, input, row, column) * across[column];
    return sum;
}

/// The weight of `output` at `depth` of a matrix, as describe/format.h orders them.
double weight_of(const layer &shape, const filters &from, int matrix, int output, int depth) {
    switch (shape.how) {
    case method::stem: return transformed(from, for_stem, output, depth, matrix);
    case method::tiles4x4: return transformed(from, for_tiles4x4, output, depth, matrix);
    case method::tiles2x2: return transformed(from, for_tiles2x2, output, depth, matrix);
    case method::direct: {
        const int tap = depth / shape.inputs;
        return from.at(output, depth % shape.inputs, tap / 3, tap % 3);
    }
    case method::centre: return from.at(output, depth, 1, 1);
    case method::full: return from.at(output, depth, 0, 0);
    }
    throw std::logic_error("a layer is computed in no known way");
}

/// Rounded to the nearest binary16 number, to the even one when two are as near. Numbers too large for it are refused.
uint16_t half_of(float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const uint32_t sign = bits >> 16 & 0x8000, magnitude = bits & 0x7fffffff;
    if (magnitude >= 0x477ff000) throw std::runtime_error("a weight of the network is too large for 16 bits");
    // Below 2^-14 the steps of binary16 are all 2^-24; above it 13 bits of the fraction fall away.
    const uint32_t exponent = magnitude >> 23;
    if (exponent < 102) return static_cast<uint16_t>(sign);
    const bool denormal = exponent < 113;
    const uint32_t dropped = denormal ? 126 - exponent : 13;
    const uint32_t exact = denormal ? (magnitude & 0x7fffff) | 0x800000 : magnitude - (112u << 23);
    const uint32_t kept = exact >> dropped, rest = exact & ((1u << dropped) - 1), middle = 1u << (dropped - 1);
    return static_cast<uint16_t>(sign | (kept + (rest > middle || (rest == middle && (kept & 1)))));
}

void put(std::vector<uint8_t> &bytes, uint64_t value, int count) {
    for (int i = 0; i < count; ++i) bytes.push_back(static_cast<uint8_t>(value >> 8 * i));
}

void put_float(std::vector<uint8_t> &bytes, double value) {
    const float rounded = static_cast<float>(value);
    uint32_t bits;
    std::memcpy(&bits, &rounded, sizeof bits);
    put(bytes, bits, 4);
}

void put_layer(std::vector<uint8_t> &bytes, const layer &shape, const filters &from, bool half) {
    if (from.outputs != shape.outputs || from.inputs != shape.inputs)
        throw std::runtime_error("the network does not have the layers that it should have");
    for (double each : from.bias) put_float(bytes, each);
    for (int matrix = 0; matrix < shape.matrices(); ++matrix)
        for (int first = 0; first < shape.outputs; first += panel)
            for (int depth = 0; depth < shape.depth(); ++depth)
                for (int output = first; output < first + panel; ++output) {
                    const double weight = weight_of(shape, from, matrix, output, depth);
                    if (half && shape.is_wide())
                        put(bytes, half_of(static_cast<float>(weight)), 2);
                    else
                        put_float(bytes, weight);
                }
}

}  // namespace

std::vector<uint8_t> modelpack::network_section(rollcall::descriptor_network &network, bool half) {
    using namespace rollcall::network_format;
    std::vector<filters> found;
    dlib::visit_layers_backwards(network, collector(found));
    if (found.size() != layer_count) throw std::runtime_error("the network does not have 30 layers with weights");
    found.front() = of_blocks(found.front());

    std::vector<uint8_t> bytes(magic, magic + sizeof magic);
    bytes.reserve(size_of(half));
    put(bytes, half, 4);
    put(bytes, 0, 4);
    put(bytes, size_of(half), 8);
    bytes.resize(layers_at);
    for (int i = 0; i < layer_count; ++i) put_layer(bytes, layers[i], found[i], half);
    return bytes;
}
