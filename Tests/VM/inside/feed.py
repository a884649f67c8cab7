"""Plays frames into a v4l2loopback device.

    feed.py DEVICE FILE [--rate FRAMES-PER-SECOND | --looks N] [--times N] [--hold SECONDS] [--still INDEX] [--black]
                        [--raw FOURCC WIDTH HEIGHT]

Plays a Y4M file N times (0 for ever), then repeats the last frame for the seconds of --hold. --still plays one frame only, for
ever; --looks shows each frame until the daemon has looked N times, so that it sees the same however slow the emulation is.
--black plays black ones with a little noise. --raw says that the file is one frame in another format.
"""

import argparse
import fcntl
import re
import struct
import subprocess
import time
import urllib.request

VIDIOC_QUERYCAP = 0x80685600
VIDIOC_S_FMT = 0xC0D05605
VIDIOC_STREAMON = 0x40045612
OUTPUT = 2


def set_format(device, width, height, fourcc, line, size):
    # struct v4l2_format: type, padding, struct v4l2_pix_format, padded to 208 bytes.
    pixels = struct.pack("<II4sIIIIIIIII", width, height, fourcc.encode(), 1, line, size, 8, 0, 0, 0, 0, 0)
    request = struct.pack("<II", OUTPUT, 0) + pixels
    answer = bytearray(request.ljust(208, b"\0"))
    # The loopback finds out only when asked that whoever fed it before is gone, and only of one who has said STREAMON.
    fcntl.ioctl(device, VIDIOC_QUERYCAP, bytearray(104))
    fcntl.ioctl(device, VIDIOC_S_FMT, answer)
    if answer[16:20] != fourcc.encode():
        raise SystemExit(f"the loopback made {answer[16:20]} of {fourcc}")
    fcntl.ioctl(device, VIDIOC_STREAMON, struct.pack("<I", OUTPUT))


def read_y4m(path):
    data = open(path, "rb").read()
    header = data[:data.index(b"\n")].decode()
    width, height = (int(re.search(rf" {key}(\d+)", header)[1]) for key in "WH")
    size, frames, at = width * height * 3 // 2, [], data.index(b"\n") + 1
    while at < len(data):
        at = data.index(b"\n", at) + 1
        frames.append(data[at:at + size])
        at += size
    return width, height, frames


def looks():
    """How many frames the daemon has looked at; None while it does not answer."""
    try:
        with urllib.request.urlopen("http://127.0.0.1:8470/metrics", timeout=5) as answer:
            return int(re.search(rb'^rollcall_frames_total{fate="delivered"} (\d+)', answer.read(), re.M)[1])
    except (OSError, TypeError):
        return None


def show(device, frame, wanted):
    """Writes a frame again and again until the daemon has looked `wanted` times."""
    goal = None
    while True:
        device.write(frame)
        time.sleep(0.3)
        now = looks()
        # A daemon that has begun anew counts from nothing.
        if now is not None and (goal is None or now + wanted < goal):
            goal = now + wanted
        if goal is not None and now is not None and now >= goal:
            return


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("device")
    parser.add_argument("file")
    parser.add_argument("--rate", type=float, default=1)
    parser.add_argument("--looks", type=int)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--hold", type=float, default=0)
    parser.add_argument("--still", type=int)
    parser.add_argument("--black", action="store_true")
    parser.add_argument("--raw", nargs=3)
    options = parser.parse_args()
    if options.raw:
        frames, width, height = [open(options.file, "rb").read()], int(options.raw[1]), int(options.raw[2])
    else:
        width, height, frames = read_y4m(options.file)
    if options.black:
        frames = [bytes([16 + turn % 3]) * (width * height) + b"\x80" * (width * height // 2) for turn in range(8)]
    if options.still is not None:
        frames, options.times = [frames[options.still]], 0
    with open(options.device, "wb", buffering=0) as device:
        set_format(device, width, height, options.raw[0] if options.raw else "YU12", width, len(frames[0]))
        turn, due = 0, time.monotonic()
        while options.times == 0 or turn < options.times:
            for frame in frames:
                if options.looks:
                    show(device, frame, options.looks)
                    continue
                device.write(frame)
                if options.still is not None or options.black:
                    # A fault begins here, not when an interpreter begins to start under emulation.
                    subprocess.run(["logger", "-t", "scenario", "fault"], check=False)
                    options.still, options.black = None, False
                due = max(due + 1 / options.rate, time.monotonic())
                time.sleep(due - time.monotonic() if due > time.monotonic() else 0)
            turn += 1
        end = time.monotonic() + options.hold
        while time.monotonic() < end:
            device.write(frames[-1])
            time.sleep(1 / options.rate)


main()
