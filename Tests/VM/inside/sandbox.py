"""What a program under the unit of the terminal can do that it must not be able to: prints a line for each. Runs in the
daemon's place."""

import ctypes
import os
import socket
import sys
import time


def can(what, attempt):
    try:
        attempt()
    except OSError as error:
        print(f"refused: {what} ({error.strerror})")
    else:
        print(f"CAN {what}")


def read(path):
    with open(path, "rb", buffering=0) as file:
        file.read(1)


def write(path):
    with open(path, "wb", buffering=0):
        pass


def mount():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"none", b"/var/lib/rollcall", b"tmpfs", 0, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


can("read a home", lambda: read("/home/teacher/diary"))
can("read root's home", lambda: os.listdir("/root"))
can("open the disk", lambda: read("/dev/vda"))
can("open the memory", lambda: read("/dev/mem"))
can("open a serial line", lambda: os.open("/dev/ttyS0", os.O_RDWR | os.O_NOCTTY))
can("open the input devices", lambda: read("/dev/input/event0"))
can("write its own configuration", lambda: write("/etc/rollcall/terminal.toml"))
can("write a program", lambda: write("/usr/bin/rollcalld"))
can("write the models", lambda: write("/var/lib/rollcall-models/other.dat"))
can("write the kernel's settings", lambda: write("/proc/sys/kernel/hostname"))
can("read the token file of the configuration", lambda: read("/etc/rollcall/token"))
can("read the other processes", lambda: read("/proc/1/environ"))
can("make a raw socket", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
can("make a packet socket", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
can("set the clock", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
can("mount", mount)
# And what it must be able to.
print("camera:", "opens" if os.open(sys.argv[1], os.O_RDWR) >= 0 else "")
print("credentials:", *sorted(os.listdir(os.environ["CREDENTIALS_DIRECTORY"])))
print("state:", "writes" if not write(os.environ["STATE_DIRECTORY"] + "/probe") else "")
os.unlink(os.environ["STATE_DIRECTORY"] + "/probe")
