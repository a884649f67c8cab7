"""Cuts the clips for the test machine's camera out of the sample arrival stream: clips.py SAMPLE-FOLDER TARGET-FOLDER.

A clip is an empty corridor and then one person's way, cut to a quarter of the picture around the middle, where all of them
walk, and every second frame of it; emulation is slow.
"""

import csv
import sys
from pathlib import Path

LEFT, TOP = 160, 60
sample, target = map(Path, sys.argv[1:])
with open(sample / "arrivals.y4m", "rb") as stream:
    header = stream.readline()
    start = stream.tell()
    words = header.split()
    width, height = (int(word[1:]) for word in words[1:3])
    size = width * height * 3 // 2
    step = len(b"FRAME\n") + size

    def frames(indices):
        for index in indices:
            stream.seek(start + index * step)
            if stream.readline() != b"FRAME\n":
                sys.exit("the sample stream is not as tools/sample-stream makes it")
            yield cut(stream.read(size))

    def cut(frame):
        """The middle of the three planes."""
        planes, at = [], 0
        for w, h, left, top in ((width, height, LEFT, TOP), *[(width // 2, height // 2, LEFT // 2, TOP // 2)] * 2):
            rows = range(top, top + h // 2)
            planes += [frame[at + row * w + left:at + row * w + left + w // 2] for row in rows]
            at += w * h
        return b"".join(planes)

    seen = set()
    for row in csv.reader(open(sample / "truth.csv")):
        if len(row) < 3 or not row[1].isdigit():
            continue
        name = "stranger" if row[0] == "-" else row[0].split()[0].lower()
        if name in seen:
            continue
        seen.add(name)
        first, last = int(row[1]), int(row[2])
        with open(target / f"{name}.y4m", "wb") as clip:
            clip.write(b"YUV4MPEG2 W%d H%d F15:1 Ip A1:1 C420jpeg\n" % (width // 2, height // 2))
            for frame in frames([*range(max(0, first - 8), first, 2), *range(first, last + 1, 2)]):
                clip.write(b"FRAME\n" + frame)
if not {"eileen", "grace", "stranger"} <= seen:
    sys.exit(f"the sample stream has only {seen}")
