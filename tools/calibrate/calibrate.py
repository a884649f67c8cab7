#!/usr/bin/env python3
"""Fits the identification's parameters on descriptors of many people:  calibrate.py FOLDER OUTPUT [--without K/N LIST]

FOLDER has descriptors.f32 (float32, 128 a photograph) and identities.i32 (int32, whose it is). OUTPUT is what the programs
are built with; Sources/CCalibration/README.md says what is in it. The same input gives the same bytes on one machine.
--without 1/2 fits on all but the first of two halves of the people, whom it writes to LIST, a line each.
"""

import argparse
import struct
import sys
from pathlib import Path

import numpy as np

from budget import Tables
from plda import COHORT, DIMENSIONS, NEAREST
from rule import CLASSES, Rule, folds


def load(folder):
    x = np.fromfile(Path(folder) / "descriptors.f32", "<f4").reshape(-1, 128)
    people = np.fromfile(Path(folder) / "identities.i32", "<i4")
    if len(x) != len(people):
        sys.exit(f"calibrate: {folder} has {len(x)} descriptors and {len(people)} identities")
    return x, people


def main(folder, output, without):
    x, people = load(folder)
    if without:
        fold, count = (int(number) for number in without[0].split("/"))
        held = folds(people, np.random.default_rng(11), count) == fold - 1
        Path(without[1]).write_text("".join(f"{person}\n" for person in np.unique(people[held])))
        x, people = x[~held], people[~held]
    rule = Rule(x, people, seed=1, repetitions=6)
    tables = Tables(rule)
    floats = lambda values: np.asarray(values, "<f4").tobytes()
    plda = rule.plda
    with open(output, "wb") as file:
        file.write(struct.pack("<8s6I", b"rcident2", 128, DIMENSIONS, COHORT, NEAREST, len(np.unique(people)), len(x)))
        file.write(floats(plda.mean) + floats(plda.basis.T) + floats(plda.b) + plda.cohort.astype("<f2").tobytes())
        for c in CLASSES:
            knots, logs = tables.knots[c]
            file.write(floats(rule.weights[c]) + struct.pack("<I", len(knots)) + floats(knots) + floats(logs))
            file.write(floats([rule.impostor_mean[c]]) + floats(tables.genuine[c]))
    for c in CLASSES:
        print(f"{c} enrolled: weights {np.round(rule.weights[c], 4).tolist()}, {rule.pairs[c]} impostor pairs of mean {rule.impostor_mean[c]:.1f}")
    for people_count in (20, 200, 2000):
        t = [round(tables.threshold({3: people_count}, rate), 2) for rate in (0.01, 0.003, 0.001)]
        print(f"{people_count} people with 3 photographs: thresholds at 1, 0.3, 0.1 %: {t} nats")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("output")
    parser.add_argument("--without", nargs=2, metavar=("K/N", "LIST"))
    main(**vars(parser.parse_args()))
