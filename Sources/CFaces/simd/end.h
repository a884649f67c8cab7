// Ends what a begin_*.h has begun.
#if defined(__x86_64__) && RC_LANES > 4
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
#undef RC_ISA
#undef RC_LANES
