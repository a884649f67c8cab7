// Everything up to simd/end.h is compiled for AVX2, FMA and F16C, whatever the flags of the file: it may be called
// only where the processor has them. No header of the system may be included in between, or its inline functions
// would be compiled for this processor too and could be linked into code that runs on every other.
#if defined(__x86_64__)
#define RC_ISA avx2
#define RC_LANES 8
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma,f16c")
#endif
#endif
