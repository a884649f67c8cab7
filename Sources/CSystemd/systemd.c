#include "CSystemd.h"

// Without this, sd_journal_sendv adds the place in this file to every entry.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

int csystemd_journal_send(const struct iovec *fields, int count) { return sd_journal_sendv(fields, count); }

int csystemd_notify(const char *state) { return sd_notify(0, state); }

int csystemd_watchdog(uint64_t *microseconds) { return sd_watchdog_enabled(0, microseconds); }
