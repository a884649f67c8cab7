// What of libseccomp Rollcall uses.
#pragma once

/// No thread of this process may listen on a socket from now on: the call fails with EPERM. There is no way back. 0, or an
/// errno below zero when the kernel did not take the filter.
int cseccomp_forbid_listening(void);
