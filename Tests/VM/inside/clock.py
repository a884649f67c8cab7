#!/usr/bin/python3
"""Does to the kernel's clock what a time service does, or what happens without one.

    clock.py to SECONDS       sets it to so many seconds since 1970, and says that it is synchronised, as chrony does
    clock.py by SECONDS       moves it, and says that it is synchronised
    clock.py lost SECONDS     sets it, and nobody keeps it right
"""

import ctypes
import struct
import sys
import time

ADJ_MAXERROR, ADJ_ESTERROR, ADJ_STATUS = 4, 8, 16
STA_PLL, STA_UNSYNC = 1, 64

verb, seconds = sys.argv[1], float(sys.argv[2])
time.clock_settime(time.CLOCK_REALTIME, seconds + (time.time() if verb == "by" else 0))
error, status = (16_000_000, STA_UNSYNC) if verb == "lost" else (1000, STA_PLL)
# struct timex: modes, offset, freq, maxerror, esterror, status, and what is not asked for.
request = struct.pack("=I4xqqqqi", ADJ_MAXERROR | ADJ_ESTERROR | ADJ_STATUS, 0, 0, error, error, status).ljust(208, b"\0")
libc = ctypes.CDLL(None, use_errno=True)
if libc.adjtimex(ctypes.create_string_buffer(request, len(request))) < 0:
    sys.exit(f"adjtimex: error {ctypes.get_errno()}")
