// The network compiled for each processor (describe/forward.inc), with the wide layers' weights in 32 or in 16 bits.
#pragma once

#include <cstdint>

#include "maps.h"

namespace rollcall {

using describe_function =
    void (*)(const uint8_t *chip, const layer_weights *layers, workspace &work, float *descriptor);

#define RC_DESCRIBE(processor)                                                                                    \
    namespace processor {                                                                                         \
    void describe_single(const uint8_t *chip, const layer_weights *layers, workspace &work, float *descriptor);   \
    void describe_half(const uint8_t *chip, const layer_weights *layers, workspace &work, float *descriptor);     \
    }
RC_DESCRIBE(base)
#if defined(__x86_64__)
RC_DESCRIBE(avx2)
RC_DESCRIBE(avx512)
#endif
#undef RC_DESCRIBE

}  // namespace rollcall
