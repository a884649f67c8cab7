#include "kernels.h"

namespace rollcall {

const kernels &kernels_for(isa processor) {
#if defined(__x86_64__)
    if (processor == isa::avx512) return avx512::detect_kernels;
    if (processor == isa::avx2) return avx2::detect_kernels;
#endif
    (void)processor;
    return base::detect_kernels;
}

}  // namespace rollcall
