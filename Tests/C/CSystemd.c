// libsystemd through the target: a notification that arrives, the watchdog, the journal, and the clock over D-Bus.
#define _GNU_SOURCE
#include "CSystemd.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-id128.h>
#include <unistd.h>

#include "check.h"

static char folder[] = "/tmp/rollcall-test-XXXXXX";

static int listening(const char *name, int kind, char *path, size_t size) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(path, size, "%s/%s", folder, name);
    memcpy(address.sun_path, path, strlen(path) + 1);
    const int fd = socket(AF_UNIX, kind | SOCK_CLOEXEC, 0);
    require(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0, "%s is bound", path);
    if (kind == SOCK_STREAM) require(listen(fd, 1) == 0, "%s listens", path);
    return fd;
}

static void notifications(void) {
    unsetenv("NOTIFY_SOCKET");
    check(csystemd_notify("READY=1") == 0, "nobody is told when there is no manager");
    char path[100], heard[200] = "";
    const int fd = listening("notify", SOCK_DGRAM, path, sizeof path);
    setenv("NOTIFY_SOCKET", path, 1);
    check(csystemd_notify("READY=1\nSTATUS=caf\xC3\xA9") > 0, "the manager is told");
    const ssize_t size = recv(fd, heard, sizeof heard - 1, MSG_DONTWAIT);
    check(size > 0 && strcmp(heard, "READY=1\nSTATUS=caf\xC3\xA9") == 0, "it hears the same: %s", heard);
    close(fd);
    unlink(path);
    check(csystemd_notify("READY=1") < 0, "a manager that is gone is an error");
    unsetenv("NOTIFY_SOCKET");
}

static void watchdog(void) {
    char mine[20];
    uint64_t microseconds = 7;
    unsetenv("WATCHDOG_USEC");
    check(csystemd_watchdog(&microseconds) == 0, "no watchdog unless the manager says so");
    snprintf(mine, sizeof mine, "%d", (int)getpid());
    setenv("WATCHDOG_PID", mine, 1);
    setenv("WATCHDOG_USEC", "5000000000", 1);
    check(csystemd_watchdog(&microseconds) > 0 && microseconds == 5000000000u, "the watchdog's time has 64 bits");
    setenv("WATCHDOG_PID", "1", 1);
    check(csystemd_watchdog(&microseconds) == 0, "another process's watchdog is not ours");
    setenv("WATCHDOG_USEC", "soon", 1);
    setenv("WATCHDOG_PID", mine, 1);
    check(csystemd_watchdog(&microseconds) < 0, "a time that is no number is an error");
}

static void journal(void) {
    char message[] = "MESSAGE=Rollcall's test of libsystemd", priority[] = "PRIORITY=7", bad[] = "lower=case";
    struct iovec fields[] = {{message, sizeof message - 1}, {priority, sizeof priority - 1}};
    check(csystemd_journal_send(fields, 2) == 0, "an entry is sent, or there is no journal here");
    struct iovec nonsense = {bad + 5, sizeof bad - 6};
    check(csystemd_journal_send(&nonsense, 1) == -EINVAL, "what is no field is refused");
}

// The bus and systemd-timedated in one, for one client: answers to its Hello, then to its question.
static int served(sd_bus_message *message, void *synchronised, sd_bus_error *error) {
    (void)error;
    if (sd_bus_message_is_method_call(message, "org.freedesktop.DBus", "Hello"))
        return sd_bus_reply_method_return(message, "s", ":1.1");
    const char *interface, *property;
    if (sd_bus_message_is_method_call(message, "org.freedesktop.DBus.Properties", "Get") &&
        sd_bus_message_read(message, "ss", &interface, &property) >= 0 && strcmp(property, "NTPSynchronized") == 0 &&
        strcmp(interface, "org.freedesktop.timedate1") == 0 &&
        strcmp(sd_bus_message_get_path(message), "/org/freedesktop/timedate1") == 0)
        return sd_bus_reply_method_return(message, "v", "b", *(int *)synchronised);
    return 0;
}

struct service {
    int fd, synchronised;
};

static void *serve(void *context) {
    struct service *service = context;
    const int fd = accept4(service->fd, NULL, NULL, SOCK_CLOEXEC);
    sd_bus *bus = NULL;
    sd_id128_t id;
    sd_id128_randomize(&id);
    if (fd < 0 || sd_bus_new(&bus) < 0 || sd_bus_set_fd(bus, fd, fd) < 0 || sd_bus_set_server(bus, 1, id) < 0 ||
        sd_bus_set_anonymous(bus, 1) < 0 || sd_bus_add_filter(bus, NULL, served, &service->synchronised) < 0 ||
        sd_bus_start(bus) < 0)
        abort();
    int result;
    while ((result = sd_bus_process(bus, NULL)) >= 0)
        if (result == 0 && sd_bus_wait(bus, UINT64_MAX) < 0) break;
    sd_bus_close_unref(bus);
    return NULL;
}

static void clock_state(void) {
    char path[100], address[120];
    snprintf(address, sizeof address, "unix:path=%s/bus", folder);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", address, 1);
    check(csystemd_clock_synchronised() == -ENOENT, "without a bus the clock's state is not known");
    const int fd = listening("bus", SOCK_STREAM, path, sizeof path);
    for (int synchronised = 0; synchronised <= 1; synchronised++) {
        struct service service = {fd, synchronised};
        pthread_t thread;
        require(pthread_create(&thread, NULL, serve, &service) == 0, "a bus is served");
        const int said = csystemd_clock_synchronised();
        check(said == synchronised, "the clock is as the bus says: %d, not %d", synchronised, said);
        pthread_join(thread, NULL);
    }
    close(fd);
    unlink(path);
}

int main(void) {
    require(mkdtemp(folder) != NULL, "a folder is made");
    notifications();
    watchdog();
    journal();
    clock_state();
    check(rmdir(folder) == 0, "nothing is left behind");
    return check_end();
}
