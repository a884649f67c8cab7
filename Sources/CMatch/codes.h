// Templates in four bits a number: small enough that ten thousand are read from memory in a few dozen microseconds,
// and with a bound that makes the search exact.
//
// A template t is centred on the gallery's mean and each number rounded to one of 16 levels, t' = step * (n - 7.5);
// what is left is rounded to 16 levels in its turn, t" = t' + step / 16 * (m - 7.5). The probe x is centred and
// rounded to 8 bits, x' = unit * u. By the triangle inequality |x - t| >= |x' - t'| - |x - x'| - |t - t'|, and
// likewise for t". What rounding lost, the slack, is known: of templates when the gallery is made, of the probe when
// it comes. Whoever cannot be among the nearest by the first bound or by the second is never read in full.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall {

constexpr int numbers = 128;
constexpr int fine_levels = 16;
/// What the roundings of single precision can add up to in a sum of 128 squares, relative to it, with room to spare:
/// bounds are made wider by it.
constexpr float rounding = 1e-5f;
/// Templates whose first codes lie interleaved: for each eight numbers, four bytes of every template; the low halves
/// are the first four numbers, the high halves the others. Four bytes are a lane of the vectors, whatever their
/// width.
constexpr int block = 32;
constexpr int block_bytes = block * numbers / 2;

/// The second code of a template: byte i has number i in its low half and number 64 + i in its high half.
struct fine_code {
    uint8_t codes[numbers / 2];
    float norm;   ///< |t"|^2 - |t'|^2
    float slack;  ///< |t - t"|
};

struct coded_probe {
    alignas(64) int8_t codes[numbers];
    float norm;    ///< |x'|^2, less what rounding can make of it
    float factor;  ///< unit * step
    int offset;    ///< 15 * sum of the codes: the levels' middle
    float slack;   ///< |x - x'|
};

/// One way to compute, for one processor.
struct match_kernels {
    /// |x' - t'|^2 of each template of `blocks` blocks, `norms` being their |t'|^2, and the least of each block.
    void (*estimate)(
        const uint8_t *codes, const float *norms, size_t blocks, const coded_probe &, float *squares, float *minima);
    /// Which templates of a block may be within `reach`: bit i for template i.
    uint32_t (*near)(const float *squares, const float *slacks, float reach);
    /// Turns |x' - t'|^2 of `count` templates, which are numbered, into |x' - t"|^2.
    void (*refine)(const fine_code *fine, const uint32_t *which, size_t count, const coded_probe &, float *squares);
    /// |x - t|
    float (*distance)(const float *one, const float *probe);
};

namespace base { extern const match_kernels matching; }
#if defined(__x86_64__)
namespace avx2 { extern const match_kernels matching; }
namespace avx512 { extern const match_kernels matching; }
#endif

}  // namespace rollcall
