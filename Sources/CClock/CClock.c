#include "CClock.h"

#include <errno.h>
#include <sys/timex.h>

int cclock_synchronised(int64_t *error_us) {
    struct timex clock = {.modes = 0};
    int state = adjtimex(&clock);
    if (state < 0) return -errno;
    *error_us = clock.maxerror;
    return state != TIME_ERROR && !(clock.status & STA_UNSYNC);
}
