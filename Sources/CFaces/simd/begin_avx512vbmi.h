// As begin_avx512.h, with the permutation of single bytes: Intel's servers and laptops from 2019 on, AMD's from 2022.
#if defined(__x86_64__)
#define RC_ISA avx512vbmi
#define RC_LANES 16
#if defined(__clang__)
#pragma clang attribute push( \
    __attribute__((target("avx512vbmi,avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512vbmi,avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")
#endif
#endif
