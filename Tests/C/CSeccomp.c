// The ban itself where the kernel takes filters, and everywhere the filter for this processor, read step by step.
#define _GNU_SOURCE
#include "CSeccomp.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"

static struct sock_filter program[4096];
static size_t program_length;

// Every filter of this program comes by here on its way to the kernel.
int seccomp_load(const scmp_filter_ctx context) {
    const int file = memfd_create("filter", MFD_CLOEXEC);
    require(file >= 0 && seccomp_export_bpf(context, file) == 0, "the filter can be read");
    const ssize_t size = pread(file, program, sizeof program, 0);
    program_length = size > 0 ? (size_t)size / sizeof program[0] : 0;
    close(file);
    int (*load)(scmp_filter_ctx) = 0;
    *(void **)&load = dlsym(RTLD_NEXT, "seccomp_load");
    require(load != NULL, "libseccomp has the call");
    return load(context);
}

/// What the filter says of a call, as the kernel reads it (Documentation/networking/filter.rst).
static uint32_t verdict(uint32_t architecture, int number) {
    const struct seccomp_data data = {.nr = number, .arch = architecture};
    uint32_t word = 0;
    for (size_t at = 0; at < program_length; at++) {
        const struct sock_filter step = program[at];
        switch (step.code) {
        case BPF_LD | BPF_W | BPF_ABS:
            if (step.k + 4 > sizeof data) return 0;
            memcpy(&word, (const char *)&data + step.k, sizeof word);
            break;
        case BPF_JMP | BPF_JA: at += step.k; break;
        case BPF_JMP | BPF_JEQ | BPF_K: at += word == step.k ? step.jt : step.jf; break;
        case BPF_JMP | BPF_JGT | BPF_K: at += word > step.k ? step.jt : step.jf; break;
        case BPF_JMP | BPF_JGE | BPF_K: at += word >= step.k ? step.jt : step.jf; break;
        case BPF_RET | BPF_K: return step.k;
        default: return 0;
        }
    }
    return 0;  // to kill the thread, as for all that is no filter
}

static int listens(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0, "a socket is made and bound");
    const int result = listen(fd, 1) == 0 ? 0 : errno;
    close(fd);
    return result;
}

static pthread_barrier_t banned;

static void *listen_later(void *result) {
    pthread_barrier_wait(&banned);
    *(int *)result = listens();
    return NULL;
}

int main(void) {
#if defined(__x86_64__)
    const uint32_t here = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
    const uint32_t here = AUDIT_ARCH_AARCH64;
#endif
    pthread_t thread;
    int other = -1;
    pthread_barrier_init(&banned, NULL, 2);
    require(pthread_create(&thread, NULL, listen_later, &other) == 0, "a thread runs before the ban");
    check(listens() == 0, "listening is allowed before the ban");
    // The emulator hands on no filters; libseccomp would not even make one there.
    const int emulated = getenv("ROLLCALL_EMULATED") != NULL;
    require(!emulated || seccomp_api_set(3) == 0, "libseccomp believes that there is a newer kernel");
    const int result = cseccomp_forbid_listening();
    check(emulated ? result < 0 : result == 0, "the kernel takes the filter, or the failure is told: %d", result);
    const int expected = emulated ? 0 : EPERM;
    check(listens() == expected, "listening then fails with EPERM");
    pthread_barrier_wait(&banned);
    pthread_join(thread, NULL);
    check(other == expected, "in a thread that ran before too, not with %d", other);

    require(program_length > 0, "there is a filter");
    int allowed = 0, numbers = 0;
    for (int number = 0; number < 450; number++) {
        if (number == SYS_listen) continue;
        numbers++;
        allowed += verdict(here, number) == SECCOMP_RET_ALLOW;
    }
    check(verdict(here, SYS_listen) == (SECCOMP_RET_ERRNO | EPERM), "the filter forbids listen with EPERM");
    check(allowed == numbers, "and nothing else: %d of %d calls are allowed", allowed, numbers);
    check(verdict(AUDIT_ARCH_ARM, SYS_listen) != SECCOMP_RET_ALLOW, "nor can it be had in the way of another processor");
    return check_end();
}
