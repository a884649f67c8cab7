#if defined(__x86_64__)
#include "../CFaces/simd/headers.h"
#include "scan.h"

#include "../CFaces/simd/begin_avx2.h"
#include "../CFaces/simd/vectors.h"
#include "scan.inc"
#include "../CFaces/simd/end.h"
#endif
