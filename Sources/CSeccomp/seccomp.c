#include "CSeccomp.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>

int cseccomp_forbid_listening(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL) return -ENOMEM;
    // The threads that run already, too.
    int result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (result == 0) result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(listen), 0);
    if (result == 0) result = seccomp_load(filter);
    seccomp_release(filter);
    return result;
}
