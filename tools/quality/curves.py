#!/usr/bin/env python3
"""Error against discard (ISO/IEC 29794-1; Grother & Tabassi, IEEE TPAMI 29(4), 2007): does a measure say which comparisons
will miss?

    curves.py DATA --inspect ROLLCALLCTL [--models DIR] [--again] [--csv FILE]

DATA is of `degrade.py`. Its images are inspected once (DATA/measures.json). For each measure, the comparisons with the worst
values are discarded, 5 to 50 % of them, and the share of misses among the others is printed: on photographs with the faults
that the measure is for, beside whole ones, and on photographs as they are (ORL, clips). A comparison is as bad as the worse
of its two faces. `pays` says that discarding 20 % takes misses away beyond chance (95 % bootstrap over people).
"""

import argparse
import csv
import pathlib

import numpy as np

from comparisons import MISS, Faces, inspect

DISCARDED = (0, 0.05, 0.1, 0.2, 0.3, 0.5)
ALL = None


def low(values):
    return -values


def high(values):
    return values


def away_from(middle):
    return lambda values: np.abs(values - middle)


# Measure: what is bad, and the faults that it is for.
MEASURES = {
    "inter_eye_distance": (low, ["small"]),
    "sharpness": (low, ["defocus", "motion", "small"]),
    "noise": (high, ["noise"]),
    "brightness": (away_from(130), ["dark", "bright", "haze"]),
    "contrast": (low, ["dark", "haze"]),
    "dynamic_range": (low, ["dark", "bright", "haze"]),
    "under_exposure": (high, ["dark", "side-light"]),
    "over_exposure": (high, ["bright"]),
    "illumination_uniformity": (low, ["side-light"]),
    "yaw": (away_from(0), []),
    "pitch": (away_from(-0.25), []),
    "roll": (away_from(0), ["rotated"]),
    "share_inside": (low, ["cut-off"]),
    "eye_opening": (low, ["eyes-covered"]),
    "mouth_opening": (high, []),
    "mouth_width": (high, []),
    "eye_highlight": (low, ["glasses-dark"]),
    "eye_glare": (high, ["glare"]),
    "mouth_texture": (low, ["mask", "mouth-covered"]),
    "landmark_misfit": (high, ["hand", "eyes-covered", "mask", "mouth-covered", "cut-off", "rotated"]),
    "glasses": (high, ["glasses-dark", "glare"]),
    "score": (low, ALL),
}


def curve(badness, missed):
    """Share of misses among the best, for each share discarded. Ties go by the mean of what is tied."""
    order = np.argsort(badness, kind="stable")
    sorted_badness, sorted_missed = badness[order], missed[order].astype(float)
    _, first, counts = np.unique(sorted_badness, return_index=True, return_counts=True)
    means = np.add.reduceat(sorted_missed, first) / counts
    sums = np.concatenate([[0], np.cumsum(np.repeat(means, counts))])
    kept = [max(1, round(len(missed) * (1 - share))) for share in DISCARDED]
    return np.array([sums[count] / count for count in kept])


def look(faces, pairs, name, random, rounds=200):
    badness = MEASURES[name][0](faces.measures[name])
    worst = np.maximum(badness[pairs[:, 0]], badness[pairs[:, 1]])
    missed = faces.distances(pairs) > MISS
    person = faces.person[pairs[:, 0]]
    whole = curve(worst, missed)
    at = DISCARDED.index(0.2)
    members = [np.flatnonzero(person == one) for one in np.unique(person)]
    drops = []
    for _ in range(rounds):
        chosen = np.concatenate([members[i] for i in random.integers(len(members), size=len(members))])
        again = curve(worst[chosen], missed[chosen])
        drops.append(again[0] - again[at])
    least, most = np.percentile(drops, [2.5, 97.5])
    verdict = "pays" if least > 0 else "harms" if most < 0 else "no"
    return len(pairs), whole, verdict


def print_fault(faces, kind):
    """What a fault does to the comparison with the same person, and with the nearest of the others."""
    pairs = faces.degraded([kind])
    pairs = pairs[faces.kind[pairs[:, 0]] == kind]
    probes, templates = pairs[:, 0], np.flatnonzero(faces.source == "london")
    missed, good = faces.distances(pairs) > MISS, faces.good[probes]
    misses = " | ".join(f"{missed[chosen].mean():.0%}" if chosen.any() else "" for chosen in (~good, good))
    nearest = np.array([
        np.linalg.norm(faces.descriptor[templates[faces.person[templates] != faces.person[at]]] - faces.descriptor[at],
                       axis=1).min() for at in probes])
    lost = 0 if kind == "none" else faces.lost.get(kind, 0)
    print(f"| {kind} | {lost} | {missed.mean():.0%} | {1 - good.mean():.0%} | {misses} | "
          f"{1 - faces.enrolled[probes].mean():.0%} | {nearest.mean():.2f} | {(nearest < MISS).sum()} of {len(probes)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--inspect", default=".build/release/rollcallctl")
    parser.add_argument("--models", default="var/models")
    parser.add_argument("--again", action="store_true", help="inspect the images again")
    parser.add_argument("--csv", type=pathlib.Path, help="write the curves there, too")
    options = parser.parse_args()
    index, measures = options.data / "index.csv", options.data / "measures.json"
    if options.again or not measures.exists():
        inspect(options.inspect, options.models, index, measures)
    faces = Faces(index, measures)
    random = np.random.default_rng(1)
    rows = []
    sets = {"ORL": faces.orl(), "clips": faces.clips()}
    for name, (_, kinds) in MEASURES.items():
        own = [] if kinds == [] else [("faults" if kinds is ALL else ", ".join(kinds), faces.degraded(kinds))]
        for label, pairs in own + list(sets.items()):
            rows.append((name, label, *look(faces, pairs, name, random)))
    print("| measure | set | comparisons | " + " | ".join(f"{share:.0%} discarded" for share in DISCARDED) + " | pays |")
    print("|---|---|---|" + "---|" * len(DISCARDED) + "---|")
    for name, label, count, values, verdict in rows:
        print(f"| {name} | {label} | {count} | " + " | ".join(f"{value:.1%}" for value in values) + f" | {verdict} |")
    print("\n| fault | lost before | miss | refused by a terminal | of these miss | of the others | refused at enrolment "
          "| nearest other person | nearer than a miss |")
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in ["none"] + [kind for kind in dict.fromkeys(faces.kind[faces.source == "degraded"])]:
        print_fault(faces, kind)
    print("\n| as they are | faces | refused by a terminal | refused at enrolment |")
    print("|---|---|---|---|")
    for source in ("london", "orl", "clips"):
        own = faces.source == source
        print(f"| {source} | {own.sum()} | {(~faces.good[own]).sum()} | {(~faces.enrolled[own]).sum()} |")
    if options.csv:
        with open(options.csv, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("measure", "set", "comparisons", *DISCARDED, "pays"))
            writer.writerows((name, label, count, *values, verdict) for name, label, count, values, verdict in rows)


if __name__ == "__main__":
    main()
