"""Plays frames into a v4l2loopback device.

    feed.py DEVICE FILE [--rate FRAMES-PER-SECOND] [--times N] [--hold SECONDS] [--still INDEX] [--black]
                        [--raw FOURCC WIDTH HEIGHT]

Plays a Y4M file N times (0 for ever), then repeats the last frame for the seconds of --hold. --still plays one frame only, for
ever; --black plays black ones with a little noise. --raw says that the file is one frame in another format.
"""

import argparse
import fcntl
import re
import struct
import time

VIDIOC_S_FMT = 0xC0D05605
OUTPUT = 2


def set_format(device, width, height, fourcc, line, size):
    # struct v4l2_format: type, padding, struct v4l2_pix_format, padded to 208 bytes.
    pixels = struct.pack("<II4sIIIIIIIII", width, height, fourcc.encode(), 1, line, size, 8, 0, 0, 0, 0, 0)
    request = struct.pack("<II", OUTPUT, 0) + pixels
    fcntl.ioctl(device, VIDIOC_S_FMT, bytearray(request.ljust(208, b"\0")))


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("device")
    parser.add_argument("file")
    parser.add_argument("--rate", type=float, default=1)
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
                device.write(frame)
                due = max(due + 1 / options.rate, time.monotonic())
                time.sleep(due - time.monotonic() if due > time.monotonic() else 0)
            turn += 1
        end = time.monotonic() + options.hold
        while time.monotonic() < end:
            device.write(frames[-1])
            time.sleep(1 / options.rate)


main()
