// The kernel's clock state by another system call than the target's, and the states that this machine's clock is not in.
#define _GNU_SOURCE
#include "CClock.h"

#include <errno.h>
#include <sys/timex.h>
#include <time.h>

#include "check.h"

// The kernel answers, unless a test has set something else.
static int pretended_state = -1, pretended_status, pretended_errno;

int adjtimex(struct timex *clock) {
    if (pretended_errno != 0) {
        errno = pretended_errno;
        return -1;
    }
    const int state = clock_adjtime(CLOCK_REALTIME, clock);
    if (pretended_state < 0) return state;
    clock->status = pretended_status;
    clock->maxerror = 5000000000;
    return pretended_state;
}

static void kernel(void) {
    int64_t error_us = -1;
    const int synchronised = cclock_synchronised(&error_us);
    require(synchronised == 0 || synchronised == 1, "the kernel says whether its clock is kept, not %d", synchronised);
    struct timex clock = {.modes = 0};
    const int state = clock_adjtime(CLOCK_REALTIME, &clock);
    require(state >= 0, "clock_adjtime may be asked");
    const int kept = state != TIME_ERROR && (clock.status & STA_UNSYNC) == 0;
    check(synchronised == kept, "the answer is clock_adjtime's, %d", kept);
    // It grows by 500 microseconds a second, and falls when NTP has just spoken.
    check(error_us >= 0 && clock.maxerror - error_us < 10000, "the error is the kernel's %ld, not %ld", clock.maxerror,
          (long)error_us);
}

static void states(void) {
    static const struct { int state, status, expected; } cases[] = {
        {TIME_OK, 0, 1}, {TIME_OK, STA_PLL | STA_NANO, 1}, {TIME_INS, STA_INS, 1},
        {TIME_OK, STA_UNSYNC, 0}, {TIME_ERROR, 0, 0}, {TIME_ERROR, STA_UNSYNC, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t error_us = -1;
        pretended_state = cases[i].state;
        pretended_status = cases[i].status;
        const int synchronised = cclock_synchronised(&error_us);
        check(synchronised == cases[i].expected, "state %d, status %#x: %d", pretended_state, pretended_status, synchronised);
        check(error_us == 5000000000, "the error has 64 bits");
    }
    int64_t error_us = -1;
    pretended_errno = EPERM;
    check(cclock_synchronised(&error_us) == -EPERM, "what the kernel refuses is an errno below zero");
}

int main(void) {
    kernel();
    states();
    return check_end();
}
