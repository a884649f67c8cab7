#if defined(__x86_64__)
#include "../simd/headers.h"
#include "kernels.h"

#include "../simd/begin_avx512vbmi.h"
#include "../simd/vectors.h"
#include "kernels.inc"
#include "../simd/end.h"
#endif
