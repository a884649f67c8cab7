// A vector of floats as wide as the processor's, in the compiler's own terms: + - * and comparisons are the language's.
// Included between a simd/begin_*.h and simd/end.h, once for each.
// No include guard: it is another text for each processor.

namespace rollcall::RC_ISA {

constexpr int lanes = RC_LANES;
#define RC_INLINE static inline __attribute__((always_inline))
/// Before a loop with few, known steps: written out, so that arrays indexed by its variable stay in registers.
#if defined(__clang__)
#define RC_UNROLL _Pragma("clang loop unroll(full)")
#else
#define RC_UNROLL _Pragma("GCC unroll 64")
#endif

typedef float vfloat __attribute__((vector_size(RC_LANES * 4)));
typedef int32_t vint __attribute__((vector_size(RC_LANES * 4)));
// In memory: without the alignment of a register.
typedef float vfloat_memory __attribute__((vector_size(RC_LANES * 4), aligned(4), may_alias));

RC_INLINE vfloat load(const float *from) { return *reinterpret_cast<const vfloat_memory *>(from); }
/// One number in every lane. (x - 0 is x for every x, which the compiler knows; 0 + x it would have to compute.)
RC_INLINE vfloat load_all(const float *from) { return *from - vfloat{}; }
RC_INLINE void store(float *to, vfloat value) { *reinterpret_cast<vfloat_memory *>(to) = value; }
// Less zero, as plus zero is not nothing to a -0 and would be done.
RC_INLINE vfloat all(float value) { return value - vfloat{}; }
/// a * b + c, rounded once where the processor can.
RC_INLINE vfloat multiply_add(vfloat a, vfloat b, vfloat c) { return a * b + c; }
RC_INLINE vfloat larger(vfloat a, vfloat b) { return a > b ? a : b; }

/// Half-precision numbers in memory (IEEE 754 binary16), widened.
#if defined(__x86_64__) && RC_LANES == 16
RC_INLINE vfloat load_half(const uint16_t *from) {
    return (vfloat)_mm512_maskz_cvtph_ps(__mmask16(-1), _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
}
#elif defined(__x86_64__) && RC_LANES == 8
RC_INLINE vfloat load_half(const uint16_t *from) {
    return (vfloat)_mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
}
#elif defined(__aarch64__)
RC_INLINE vfloat load_half(const uint16_t *from) {
    return (vfloat)vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(from)));
}
#else
/// Without an instruction for it: exact for every finite number (denormal ones by the multiplication).
RC_INLINE vfloat load_half(const uint16_t *from) {
    const vint bits = {from[0], from[1], from[2], from[3]};
    const vint magnitude = (bits & 0x7fff) << 13, sign = (bits & 0x8000) << 16;
    const vfloat scaled = (vfloat)magnitude * 0x1p112f;
    return (vfloat)((vint)scaled | sign);
}
#endif

}  // namespace rollcall::RC_ISA
