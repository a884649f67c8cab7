#if defined(__x86_64__)
#include "../CFaces/simd/headers.h"
#include "codes.h"

#include "../CFaces/simd/begin_avx2.h"
#include "../CFaces/simd/vectors.h"
#include "kernels.inc"
#include "../CFaces/simd/end.h"
#endif
