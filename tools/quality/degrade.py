#!/usr/bin/env python3
"""Makes photographs worse in known ways, one fault at a time and of a random strength, for `curves.py`.

    degrade.py FACES OUT --inspect ROLLCALLCTL [--each N] [--seed N]

FACES has photographs whose names begin with the person and `_` (a manifest.csv with the columns path and identity goes
before names), and clips (.mkv). Written are OUT/images/*.png and OUT/index.csv: image, person, source, kind, strength.
The faults are those of ISO/IEC 29794-5 that a door has: defocus, motion, noise, too little and too much light, light from
the side, haze, too few pixels, rotation in the plane, cover of eyes or mouth, and the frame's border.
"""

import argparse
import csv
import json
import math
import pathlib
import subprocess

import cv2
import numpy as np

# Kind, and the range of its strength; the unit is said where it is used.
KINDS = {
    "defocus": (0.01, 0.14), "motion": (0.05, 0.6), "noise": (4, 60), "dark": (0.03, 0.5), "bright": (1.3, 4.5),
    "side-light": (0.3, 1.0), "haze": (0.2, 0.95), "small": (10, 45), "rotated": (10, 60), "eyes-covered": (0.3, 1.0),
    "glasses-dark": (0.5, 1.0), "glare": (0.2, 1.0), "mouth-covered": (0.3, 1.0), "mask": (0.5, 1.0), "hand": (0.3, 1.0),
    "cut-off": (0.0, 1.0), "compressed": (3, 30),
}


def eyes_and_mouth(points):
    return points[36:42].mean(0), points[42:48].mean(0), points[48:60].mean(0)


def warp(image, matrix, size):
    return cv2.warpAffine(image, matrix, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)


def cover(image, polygon, colour, softness):
    """Paints a polygon over the image, with soft edges."""
    mask = np.zeros(image.shape[:2], np.float32)
    cv2.fillPoly(mask, [np.round(polygon).astype(np.int32)], 1)
    mask = cv2.GaussianBlur(mask, (0, 0), softness)[..., None]
    return image * (1 - mask) + np.asarray(colour, np.float32) * mask


def skin(points, image):
    """The colour of the cheeks."""
    at = (points[2] * 0.5 + points[31] * 0.5).round().astype(int)
    x, y = np.clip(at[0], 5, image.shape[1] - 6), np.clip(at[1], 5, image.shape[0] - 6)
    return image[y - 4:y + 5, x - 4:x + 5].reshape(-1, 3).mean(0)


def band(points, upper, lower, share, centre):
    """A box across the face between two heights, both in distances between the eyes below them; `share` of its width."""
    left, right, mouth = eyes_and_mouth(points)
    distance = np.linalg.norm(right - left)
    across = (right - left) / distance
    down = np.array([-across[1], across[0]])
    middle = (left + right) / 2 + across * centre * distance
    half = 1.15 * distance * share
    return np.array([middle + across * s * half + down * d * distance
                     for s, d in ((-1, upper), (1, upper), (1, lower), (-1, lower))])


def degrade(image, points, kind, strength, random):
    """One fault. `image` is BGR, `points` its 68 landmarks."""
    left, right, mouth = eyes_and_mouth(points)
    distance = float(np.linalg.norm(right - left))
    height, width = image.shape[:2]
    f = image.astype(np.float32)
    if kind == "defocus":  # sigma over the distance between the eyes
        f = cv2.GaussianBlur(f, (0, 0), strength * distance)
    elif kind == "motion":  # way over the distance between the eyes
        length = max(3, int(strength * distance) | 1)
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        turn = cv2.getRotationMatrix2D((length // 2, length // 2), random.uniform(0, 180), 1)
        kernel = cv2.warpAffine(kernel, turn, (length, length))
        f = cv2.filter2D(f, -1, kernel / kernel.sum())
    elif kind == "noise":  # standard deviation of luma at 40 pixels between the eyes
        scale = 40 / distance
        f = cv2.resize(f, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        f = f + random.normal(0, strength, f.shape[:2] + (1,)) + random.normal(0, strength / 2, f.shape)
    elif kind == "dark":  # share of the light, with a camera's noise
        f = np.round(f * strength + random.normal(0, 2, f.shape))
    elif kind == "bright":
        f = f * strength
    elif kind == "side-light":  # what the dark side loses
        angle = random.uniform(0, 2 * math.pi)
        centre = (left + right + mouth) / 3
        y, x = np.mgrid[0:height, 0:width]
        along = ((x - centre[0]) * math.cos(angle) + 0.3 * (y - centre[1]) * math.sin(angle)) / (0.5 * distance)
        f = f * (1 - strength / (1 + np.exp(-3 * along)))[..., None]
    elif kind == "haze":
        f = f * (1 - strength) + 190 * strength + random.normal(0, 1.5, f.shape)
    elif kind == "small":  # pixels between the eyes
        scale = strength / distance
        f = cv2.resize(f, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        f = f + random.normal(0, 1.5, f.shape)
    elif kind == "rotated":  # degrees
        centre = (left + right + mouth) / 3
        turn = cv2.getRotationMatrix2D(tuple(map(float, centre)), strength * random.choice([-1, 1]), 1)
        f = warp(f, turn, (width, height))
    elif kind in ("eyes-covered", "glasses-dark"):
        colour = skin(points, image) if kind == "eyes-covered" else (25, 25, 25)
        if kind == "eyes-covered":
            f = cover(f, band(points, -0.25, 0.25, strength, 0), colour, 0.03 * distance)
        else:
            for eye in (left, right):
                lens = cv2.ellipse2Poly(tuple(int(v) for v in eye), (int(0.42 * distance), int(0.3 * distance)), 0, 0, 360, 10)
                dark = cover(f, lens, colour, 0.02 * distance)
                f = f * (1 - strength) + dark * strength
    elif kind == "glare":  # size of the reflection on a lens
        for eye in (left, right):
            at = eye + random.normal(0, 0.08 * distance, 2)
            size = (int(0.32 * distance * strength) + 1, int(0.2 * distance * strength) + 1)
            f = cover(f, cv2.ellipse2Poly(tuple(int(v) for v in at), size, 20, 0, 360, 10), (250,) * 3, 0.02 * distance)
    elif kind == "mouth-covered":
        f = cover(f, band(points, 0.75, 1.45, 0.6 * strength, 0), random.uniform(20, 230, 3), 0.02 * distance)
    elif kind == "mask":
        colour = random.choice([(225, 215, 190), (40, 40, 40), (235, 235, 235)])
        top = 0.45 + 0.5 * (1 - strength)
        mask = cover(f, np.vstack([points[2:15], band(points, top, top, 0.6, 0)[1::-1]]), colour, 0.02 * distance)
        f = mask
    elif kind == "hand":  # of the colour of the skin, anywhere over the face
        at = (left + right + mouth) / 3 + random.uniform(-0.7, 0.7, 2) * distance
        size = (int(0.6 * distance * strength) + 1, int(0.35 * distance * strength) + 1)
        hand = cv2.ellipse2Poly(tuple(int(v) for v in at), size, int(random.uniform(0, 180)), 0, 360, 10)
        f = cover(f, hand, skin(points, image) * random.uniform(0.85, 1.1), 0.02 * distance)
    elif kind == "cut-off":  # how far the border comes in, from the ears to the middle of the face
        middle = (left + right) / 2
        reach = distance * (1.3 - 1.1 * strength)
        side = random.integers(4)
        if side == 0:
            f = f[:, max(0, int(middle[0] - reach)):]
        elif side == 1:
            f = f[:, :int(middle[0] + reach)]
        elif side == 2:
            f = f[max(0, int(middle[1] - 0.8 * reach)):]
        else:
            f = f[:int(mouth[1] + 0.8 * reach)]
    elif kind == "compressed":  # quality of JPEG at 40 pixels between the eyes
        scale = 40 / distance
        f = cv2.resize(f, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        ok, packed = cv2.imencode(".jpg", np.clip(f, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(strength)])
        f = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return np.clip(f, 0, 255).astype(np.uint8)


def inspected(program, models, paths):
    found = {}
    for at in range(0, len(paths), 500):
        out = subprocess.run([program, "inspect", "--json", "--models", models, *map(str, paths[at:at + 500])],
                             capture_output=True, text=True, check=False)
        found |= {image["image"]: image for image in json.loads(out.stdout)}
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--inspect", default=".build/release/rollcallctl")
    parser.add_argument("--models", default="var/models")
    parser.add_argument("--each", type=int, default=2, help="pictures of each fault for each photograph")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--degraded", default="london", help="the folder whose photographs are made worse")
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    cv2.setNumThreads(1)
    images = options.out / "images"
    images.mkdir(parents=True, exist_ok=True)
    with open(options.faces / "manifest.csv", newline="") as file:
        manifest = {row["path"]: row["identity"] for row in csv.DictReader(file)}
    rows = []

    def write(name, image, person, source, kind, strength):
        path = images / f"{name}.png"
        cv2.imwrite(str(path), image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
        rows.append((str(path), person, source, kind, strength))

    stills = [path for path in sorted(manifest) if not path.endswith(".mkv")]
    landmarks = inspected(options.inspect, options.models, [options.faces / path for path in stills])
    for path in stills:
        folder, name = path.split("/")[0], pathlib.Path(path).stem
        image = cv2.imread(str(options.faces / path))
        rows.append((str(options.faces / path), manifest[path], folder, "none", 0))
        faces = landmarks[str(options.faces / path)]["faces"]
        if folder != options.degraded or not faces:
            continue
        points = np.array(faces[0]["landmarks"], float)
        # The part that a detector needs, at 60 pixels between the eyes: faces as they are at a door.
        left, right, mouth = eyes_and_mouth(points)
        scale = min(1, 60 / np.linalg.norm(right - left))
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        points = points * scale
        for kind, (low, high) in KINDS.items():
            for number in range(options.each):
                strength = random.uniform(low, high)
                write(f"{name}-{kind}-{number}", degrade(image, points, kind, strength, random), manifest[path],
                      "degraded", kind, round(float(strength), 4))
    for path in sorted(manifest):
        if not path.endswith(".mkv"):
            continue
        video = cv2.VideoCapture(str(options.faces / path))
        number = 0
        while (frame := video.read())[0]:
            if number % 2 == 0:
                write(f"{pathlib.Path(path).stem}-{number:03d}", frame[1], manifest[path], "clips", pathlib.Path(path).stem, number)
            number += 1
    with open(options.out / "index.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("image", "person", "source", "kind", "strength"))
        writer.writerows(rows)
    print(f"{len(rows)} images in {options.out}")


if __name__ == "__main__":
    main()
