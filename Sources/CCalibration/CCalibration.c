#include "CCalibration.h"

static const unsigned char calibration[] = {
#embed "identification.bin"
};

const unsigned char *rc_calibration(size_t *size) {
    *size = sizeof calibration;
    return calibration;
}
