// As begin_avx2.h, for AVX-512 as every server and laptop that has it has it: F, BW, DQ and VL.
#if defined(__x86_64__)
#define RC_ISA avx512
#define RC_LANES 16
#if defined(__clang__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")
#endif
#endif
