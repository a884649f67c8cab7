// The identification's parameters, as tools/calibrate wrote them: README.md beside them says what they are.
#pragma once

#include <stddef.h>

/// Their bytes, for as long as the program runs.
const unsigned char *rc_calibration(size_t *size);
