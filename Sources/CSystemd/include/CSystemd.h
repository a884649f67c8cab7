// What of libsystemd Rollcall uses, without its macros.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

/// Sends one entry to the journal; every part is `FIELD=value`, the value any bytes. 0, or an errno below zero. Where no
/// journal runs, nothing happens and the result is 0.
int csystemd_journal_send(const struct iovec *fields, int count);

/// Sends `state` to the service manager. Above zero when sent, 0 when there is no manager, an errno below zero otherwise.
int csystemd_notify(const char *state);

/// Above zero when the service manager expects a sign of life every `microseconds`; 0 when not, an errno below zero otherwise.
int csystemd_watchdog(uint64_t *microseconds);

/// Asks systemd-timedated over D-Bus, for at most 5 seconds: 1 when the clock is synchronised, 0 when not, an errno below
/// zero when that cannot be learned.
int csystemd_clock_synchronised(void);
