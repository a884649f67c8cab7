#include "../CFaces/simd/headers.h"
#include "codes.h"

#include "../CFaces/simd/begin_base.h"
#include "../CFaces/simd/vectors.h"
#include "kernels.inc"
#include "../CFaces/simd/end.h"
