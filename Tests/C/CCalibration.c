// That the parameters are in the program, whole: what they mean is the Swift reader's to check.
#include "CCalibration.h"

#include <string.h>

#include "check.h"

int main(void) {
    size_t size = 0;
    const unsigned char *bytes = rc_calibration(&size);
    require(bytes != NULL && size > 32, "there are parameters");
    check(memcmp(bytes, "rcident", 7) == 0, "they begin as they should");
    check(bytes[8] == 128 && bytes[12] == 96, "for descriptors of 128 numbers, projected to 96");
    unsigned sum = 0;
    for (size_t i = 0; i < size; i++) sum = sum * 31 + bytes[i];
    printf("%zu bytes, %08x\n", size, sum);
    return check_end();
}
