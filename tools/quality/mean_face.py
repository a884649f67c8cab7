#!/usr/bin/env python3
"""Makes the mean face of Sources/Faces/Quality/MeanFace.swift: the 68 points in three dimensions.

    mean_face.py INDEX MEASURES

INDEX and MEASURES are of `degrade.py` and of `rollcallctl inspect --json`. The shape is factored out of the landmarks of
many photographs (Tomasi & Kanade, IJCV 9, 1992), each taken twice, once mirrored. Depth is known up to its scale that way:
the nose's tip is put half the distance between the eyes before the corners of the eyes.
"""

import csv
import json
import sys

import numpy as np

RIGID = [36, 39, 42, 45] + list(range(27, 36))
PAIRS = ([(i, 16 - i) for i in range(8)] + [(17 + i, 26 - i) for i in range(5)]
         + [(31, 35), (32, 34), (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46), (48, 54), (49, 53), (50, 52),
            (59, 55), (58, 56), (60, 64), (61, 63), (67, 65)])
NOSE_DEPTH = 0.5


def mean_face(shapes):
    mirrored = list(range(68))
    for a, b in PAIRS:
        mirrored[a], mirrored[b] = b, a
    shapes = shapes - shapes[:, RIGID].mean(1, keepdims=True)
    shapes = np.concatenate([shapes, shapes[:, mirrored] * [-1, 1]])
    shapes /= np.linalg.norm(shapes[:, 36:42].mean(1) - shapes[:, 42:48].mean(1), axis=1)[:, None, None]
    u, s, v = np.linalg.svd(shapes[:, RIGID].transpose(0, 2, 1).reshape(-1, len(RIGID)), full_matrices=False)
    motion = u[:, :3] * s[:3]

    def products(x, y):
        return np.stack([x[:, 0] * y[:, 0], x[:, 0] * y[:, 1] + x[:, 1] * y[:, 0], x[:, 0] * y[:, 2] + x[:, 2] * y[:, 0],
                         x[:, 1] * y[:, 1], x[:, 1] * y[:, 2] + x[:, 2] * y[:, 1], x[:, 2] * y[:, 2]], 1)

    rows = motion.reshape(-1, 2, 3)
    across, down = rows[:, 0], rows[:, 1]
    metric = np.linalg.svd(np.concatenate([products(across, across) - products(down, down), products(across, down)]))[2][-1]
    metric = np.array([[metric[0], metric[1], metric[2]], [metric[1], metric[3], metric[4]], [metric[2], metric[4], metric[5]]])
    values, vectors = np.linalg.eigh(metric if np.trace(metric) > 0 else -metric)
    motion = motion @ (vectors * np.sqrt(np.maximum(values, 1e-6)))
    shape = np.linalg.lstsq(motion, shapes.transpose(0, 2, 1).reshape(-1, 68), rcond=None)[0]
    first, second = motion.reshape(-1, 2, 3).mean(0)
    first /= np.linalg.norm(first)
    second -= first * (second @ first)
    second /= np.linalg.norm(second)
    shape = np.stack([first, second, np.cross(first, second)]) @ shape
    shape /= shape[0, 42:48].mean() - shape[0, 36:42].mean()
    shape[1] -= (shape[1, 36:42].mean() + shape[1, 42:48].mean()) / 2
    shape[2] -= shape[2, [36, 39, 42, 45]].mean()
    shape[2] *= NOSE_DEPTH / shape[2, 30]
    return (shape + shape[:, mirrored] * [[-1], [1], [1]]) / 2


def main():
    rows = list(csv.DictReader(open(sys.argv[1], newline="")))
    inspected = {image["image"]: image for image in json.load(open(sys.argv[2]))}
    shapes = []
    for row in rows:
        natural = row["kind"] == "none" or (row["source"] == "clips" and float(row["strength"]) % 10 == 0)
        faces = inspected[row["image"]]["faces"]
        if natural and faces:
            shapes.append(faces[0]["landmarks"])
    shape = mean_face(np.array(shapes, float))
    print(f"// of {len(shapes)} photographs")
    for at in range(68):
        print("        (" + ", ".join(f"{value:.3f}" for value in shape[:, at] + 0.0) + "),")


if __name__ == "__main__":
    main()
