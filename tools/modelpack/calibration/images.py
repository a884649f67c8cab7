#!/usr/bin/python3
"""Images to calibrate the detector's cascade with, and others, of other people and clips, to try it on.

images.py FACES CALIBRATION HELD_OUT: FACES holds manifest.csv (path, identity) and what it lists. Half of the people
of each collection, and of the clips, goes to either file. A file is a row of images: the length of a name, width and
height (int32, little-endian), the name, the grey values. Needs numpy and OpenCV."""

import csv
import struct
import sys
from pathlib import Path

import cv2
import numpy as np

random = np.random.default_rng(5)
HELD_OUT_CLIPS = ("asl_person_1", "asl_person_3"), "want.mkv"
CALIBRATION_STILLS = "astronaut", "lisa2", "45cm"


def turned(image, angle, scale=1.0):
    height, width = image.shape
    border = cv2.BORDER_REFLECT if random.random() < 0.5 else cv2.BORDER_CONSTANT
    return cv2.warpAffine(image, cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale), (width, height),
                          borderMode=border)


def noisy(image, sigma):
    return np.clip(image.astype(np.float32) + random.normal(0, sigma, image.shape), 0, 255).astype(np.uint8)


def dark(image, light):
    return np.clip(image * light + random.uniform(0, 20), 0, 255).astype(np.uint8)


def cut(image):
    height, width = image.shape
    left, top = random.integers(0, width * 0.45), random.integers(0, height * 0.45)
    return image[top:random.integers(height * 0.55, height), left:random.integers(width * 0.55, width)]


def variants(image):
    """What filters 3 and 4, for faces turned to either side, fire on too, and what a bad camera makes of a face."""
    yield "turned", turned(image, random.uniform(-35, 35))
    yield "turned more", turned(image, random.choice([-1, 1]) * random.uniform(12, 30), random.uniform(0.7, 1.3))
    yield "dark", dark(image, random.uniform(0.06, 0.4))
    yield "noisy", noisy(image, random.uniform(5, 35))
    yield "cut", cut(image)
    scale = random.uniform(0.35, 1.7)
    yield "scaled", cv2.resize(image, None, fx=scale, fy=scale * random.uniform(0.9, 1.1),
                               interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    yield "dark, noisy, turned", noisy(dark(turned(image, random.uniform(-25, 25)), random.uniform(0.15, 0.5)),
                                       random.uniform(2, 9))
    yield "blurred, mirrored", cv2.GaussianBlur(image, (0, 0), random.uniform(0.8, 3))[:, ::-1]


def clip(path):
    frames = cv2.VideoCapture(str(path))
    number = 0
    while (frame := frames.read())[0]:
        image = cv2.cvtColor(frame[1], cv2.COLOR_BGR2GRAY)
        yield f"{path.name}#{number}", image
        if number % 9 == 3:
            for name, variant in variants(image):
                yield f"{path.name}#{number} {name}", variant
        if number % 10 == 5:
            yield f"{path.name}#{number} 720p", cv2.resize(image, (1280, 960))[120:840]
        number += 1


def still(path):
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    yield path.name, image
    if image.shape[0] < 200:
        for scale in (2, 3.3, 4):
            large = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
            yield f"{path.name} x{scale}", turned(large, random.uniform(-30, 30)) if scale == 4 else large
        return
    for name, variant in variants(image):
        yield f"{path.name} {name}", variant
    room, side = np.full((720, 1280), random.integers(0, 255), np.uint8), int(random.integers(220, 700))
    x, y = random.integers(0, 1280 - side), random.integers(0, 720 - side)
    room[y:y + side, x:x + side] = cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)
    yield f"{path.name} in a room", noisy(room, 3)


def made(kind):
    """What holds no face."""
    height, width = int(random.integers(60, 600)), int(random.integers(60, 700))
    x, y = np.arange(width)[None], np.arange(height)[:, None]
    grey = np.full((height, width), random.integers(0, 256), np.uint8)
    if kind == 0:
        return grey
    if kind == 1:
        return random.integers(0, 256, (height, width)).astype(np.uint8)
    if kind == 2:
        grain = random.integers(0, 256, (height, width)).astype(np.uint8)
        blurred = cv2.GaussianBlur(grain, (0, 0), random.uniform(1, 8))
        return cv2.normalize(blurred, None, 0, 255, cv2.NORM_MINMAX)
    if kind == 3:
        return ((x // random.integers(1, 20) + y // random.integers(1, 20)) % 2 * 255).astype(np.uint8)
    if kind == 4:
        return (np.hypot(x - width / 2, y - height / 2) * random.uniform(0.3, 2) % 256).astype(np.uint8)
    for _ in range(60):
        at = int(random.integers(0, width)), int(random.integers(0, height))
        size = int(random.integers(3, 80)), int(random.integers(3, 80))
        cv2.ellipse(grey, at, size, float(random.uniform(0, 180)), 0, 360, int(random.integers(0, 256)), -1)
    return grey


def main():
    faces, files = Path(sys.argv[1]), [open(sys.argv[2], "wb"), open(sys.argv[3], "wb")]

    def put(half, name, image):
        text = name.encode()
        files[half].write(struct.pack("<iii", len(text), image.shape[1], image.shape[0]) + text)
        files[half].write(np.ascontiguousarray(image).tobytes())

    with open(faces / "manifest.csv", newline="") as table:
        identities = {row["path"]: row["identity"] for row in csv.DictReader(table)}
    for path, identity in sorted(identities.items()):
        folder = path.split("/")[0]
        people = sorted({who for other, who in identities.items() if other.startswith(folder)})
        if path.endswith(".mkv"):
            half = identity in HELD_OUT_CLIPS[0] or path.endswith(HELD_OUT_CLIPS[1])
        elif len(people) > 2:
            half = people.index(identity) % 2
        else:
            half = not any(name in path for name in CALIBRATION_STILLS)
        for name, image in (clip if path.endswith(".mkv") else still)(faces / path):
            put(half, name, image)
    for i in range(120):
        put(i % 2, "made", made(i // 2 % 6))


main()
