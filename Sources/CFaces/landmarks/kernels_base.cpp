#include "../simd/headers.h"
#include "kernels.h"

#include "../simd/begin_base.h"
#include "../simd/vectors.h"
#include "kernels.inc"
#include "../simd/end.h"
