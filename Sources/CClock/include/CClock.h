// What the kernel says of its wall clock; Swift cannot see struct timex.
#pragma once

#include <stdint.h>

/// 1 when the clock is kept by NTP (or PTP, or GPS), 0 when it runs free, an errno below zero when the kernel does not
/// say. `error_us` becomes the kernel's bound of its error in microseconds.
int cclock_synchronised(int64_t *error_us);
