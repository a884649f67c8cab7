#include "../simd/headers.h"
#include "kernels.h"

#include "../simd/begin_base.h"
#include "kernels.inc"
#include "../simd/end.h"
