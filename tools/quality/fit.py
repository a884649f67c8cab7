#!/usr/bin/env python3
"""Fits the weights of `FaceQuality.expectedRise`: how much each fault raises the distance to a person's template.

    fit.py DATA

DATA is of `degrade.py`, inspected by `curves.py`. The rise of a degraded photograph is its distance to the person's other
expression less the whole photograph's; of a photograph as it is, its mean distance to the person's others less the person's
median. Weights are not negative (Lawson & Hanson 1974, ch. 23), each kind of fault weighs the same. Faults that no measure
sees (`UNSEEN`) would only spoil the others' weights. Size has no term: it got none beside sharpness. Printed are the weights, and what they say of people who were left out
(5 parts by person): Spearman's correlation of the predicted with the true rise, and error against discard. At last, how the distance goes with the score that
the program gave.
"""

import pathlib
import sys

import numpy as np
from scipy.optimize import nnls

from comparisons import MISS, Faces

UNSEEN = ("eyes-covered", "hand", "compressed", "mouth-covered")


def terms(m):
    def beyond(values):
        return np.maximum(0, values)

    return {
        "blur": beyond(np.log(0.4 / np.maximum(m["sharpness"], 0.008))),
        "noise": beyond(np.minimum(m["noise"], 15) - 3),
        "white": m["over_exposure"] ** 2,
        "haze": beyond(np.log(14 / np.maximum(m["contrast"], 2.5))),
        "border": beyond(0.9 - m["share_inside"]),
        "misfit": beyond(np.minimum(m["landmark_misfit"], 0.12) - 0.045),
        "mouth": beyond(0.35 - m["mouth_texture"]),
        "dark glasses": beyond(-0.5 - np.maximum(m["eye_highlight"], -2)),
        "glare": np.minimum(m["eye_glare"], 0.3) * (1 - m["over_exposure"]),
        "turn": beyond(np.abs(m["yaw"]) - 0.15),
    }


def ranks(values):
    return np.argsort(np.argsort(values)).astype(float)


def main():
    data = pathlib.Path(sys.argv[1])
    faces = Faces(data / "index.csv", data / "measures.json")
    named = terms(faces.measures)
    matrix = np.stack(list(named.values()), 1)
    rise = np.full(len(faces.name), np.nan)
    distance = np.full(len(faces.name), np.nan)
    pairs = faces.degraded()
    distance[pairs[:, 0]] = faces.distances(pairs)
    whole = {name: distance[at] for at, name in enumerate(faces.name) if faces.source[at] == "london"}
    for at in pairs[:, 0]:
        rise[at] = distance[at] - whole.get(faces.name[at].split("-")[0], np.nan)
    for pairs in (faces.orl(), faces.clips()):
        pairs = np.concatenate([pairs, pairs[:, ::-1]])
        lengths = faces.distances(pairs)
        for at in np.unique(pairs[:, 0]):
            distance[at] = lengths[pairs[:, 0] == at].mean()
        for person in np.unique(faces.person[pairs[:, 0]]):
            own = np.flatnonzero((faces.person == person) & np.isfinite(distance))
            rise[own] = distance[own] - np.median(distance[own])
            matrix[own] -= np.median(matrix[own], 0)
    used = np.isfinite(rise) & ~np.isin(faces.kind, UNSEEN)
    weight = np.zeros(len(rise))
    for source in np.unique(faces.source):
        kinds = faces.kind[(faces.source == source) & used]
        for kind in np.unique(kinds):
            own = used & (faces.source == source) & (faces.kind == kind)
            weight[own] = (2 if source == "orl" else 1) / np.sqrt(own.sum())

    def fit(chosen):
        return nnls(matrix[chosen] * weight[chosen, None], rise[chosen] * weight[chosen])[0]

    for name, value in zip(named, fit(used)):
        print(f"{name:14} {value:.4f}")
    people = np.random.default_rng(0).permutation(np.unique(faces.person))
    part = {person: number % 5 for number, person in enumerate(people)}
    parts = np.array([part[person] for person in faces.person])
    predicted = np.full(len(rise), np.nan)
    for number in range(5):
        predicted[parts == number] = matrix[parts == number] @ fit(used & (parts != number))
    whole_photographs = distance[(faces.source == "london") & np.isfinite(distance)]
    print(f"a whole photograph's distance: {whole_photographs.mean():.3f}")
    for source in ("degraded", "orl", "clips"):
        own = (faces.source == source) & np.isfinite(rise)
        order = np.argsort(predicted[own], kind="stable")
        missed = distance[own][order] > MISS
        shares = [missed[:max(1, round(len(missed) * (1 - share)))].mean() for share in (0, 0.1, 0.2, 0.3, 0.5)]
        print(f"{source}: correlation {np.corrcoef(ranks(predicted[own]), ranks(rise[own]))[0, 1]:.2f}, misses with "
              "0, 10, 20, 30, 50 % discarded: " + ", ".join(f"{share:.1%}" for share in shares))
    score = faces.measures["score"]
    own = np.flatnonzero(np.isin(faces.source, ("degraded", "london")) & np.isfinite(distance))
    print("tenths of the photographs by score: mean score, mean distance, misses")
    for tenth in np.array_split(own[np.argsort(score[own], kind="stable")], 10):
        print(f"  {score[tenth].mean():.2f}  {distance[tenth].mean():.3f}  {(distance[tenth] > MISS).mean():.0%}")


if __name__ == "__main__":
    main()
