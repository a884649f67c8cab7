#include "../CFaces/simd/headers.h"
#include "scan.h"

#include "../CFaces/simd/begin_base.h"
#include "../CFaces/simd/vectors.h"
#include "scan.inc"
#include "../CFaces/simd/end.h"

