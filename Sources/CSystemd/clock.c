#include "CSystemd.h"

#include <systemd/sd-bus.h>

enum { BUS_TIMEOUT_US = 5000000 };

int csystemd_clock_synchronised(void) {
    sd_bus *bus = NULL;
    int synchronised = 0;
    int result = sd_bus_open_system(&bus);
    if (result >= 0) result = sd_bus_set_method_call_timeout(bus, BUS_TIMEOUT_US);
    if (result >= 0) {
        result = sd_bus_get_property_trivial(
            bus, "org.freedesktop.timedate1", "/org/freedesktop/timedate1", "org.freedesktop.timedate1",
            "NTPSynchronized", NULL, 'b', &synchronised);
    }
    sd_bus_flush_close_unref(bus);
    return result < 0 ? result : synchronised;
}
