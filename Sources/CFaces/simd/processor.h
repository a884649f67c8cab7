// Which of the ways that a stage was compiled for this processor can run.
#pragma once

namespace rollcall {

enum class isa { base, avx2, avx512 };

/// The widest that this processor and its operating system can run.
inline isa widest_isa() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return isa::avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c"))
        return isa::avx2;
#endif
    return isa::base;
}

}  // namespace rollcall
