// What every processor of its kind has: NEON on arm64, SSE2 on x86-64.
#define RC_ISA base
#define RC_LANES 4
