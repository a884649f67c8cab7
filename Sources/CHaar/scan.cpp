#include "scan.h"

#include "../CFaces/simd/processor.h"

namespace haar {

scan_function widest_scan() {
#if defined(__x86_64__)
    switch (rollcall::widest_isa()) {
    case rollcall::isa::avx512: return avx512::scan;
    case rollcall::isa::avx2: return avx2::scan;
    case rollcall::isa::base: break;
    }
#endif
    return base::scan;
}

}  // namespace haar
