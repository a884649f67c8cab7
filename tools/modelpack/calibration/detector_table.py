#!/usr/bin/python3
"""Makes ../detector_table.h, the constants of the detector's cascade. In order:

    images.py FACES calibration.images held-out.images
    windows moments SECTION calibration.images moments
    detector_table.py projection SECTION moments projection
    windows sums SECTION calibration.images projection faces others
    detector_table.py table SECTION projection faces others > ../detector_table.h
    windows sums SECTION held-out.images projection held-out-faces held-out-others
    detector_table.py held-out SECTION held-out-faces

SECTION: the bytes that detector_section() gave, made with any table. Needs numpy.

The projection: of all eight sums of the 18 directions the ones by which the filters' scores of cells like those of the
images differ least from the full ones, if cells were independent (the best approximation of rank 8 in the metric of the
moments). The units of the first look were chosen one after another, each time the one with which fewest other windows
pass. How much a unit counts is Fisher's linear discriminant of faces and others. What must be reached is what all but
two of the windows that dlib accepts in the calibration half reached, less MARGIN: about the scatter of the coarse score
(0.24), more than those two lack, and enough for all 11,558 such windows of the held-out half."""

import sys

import numpy as np

FILTERS, CHANNELS, DIRECTIONS = 5, 8, 18
BUT, MARGIN = 2, 0.3
UNITS = [(3, 1), (7, 1), (7, 2), (0, 2), (1, 1), (4, 2), (6, 3), (6, 0),
         (2, 3), (9, 2), (3, 5), (1, 4), (2, 1), (4, 1), (6, 1), (3, 0)]


def weights_of(section):
    return np.frombuffer(section, np.float32, FILTERS * 100 * 32, 320).reshape(-1, 32)[:, :31].astype(np.float64)


def projection(section, moments):
    weights, moments = weights_of(section), np.fromfile(moments).reshape(31, 31)
    seen = moments[:DIRECTIONS, :DIRECTIONS]
    expected = moments[:, :DIRECTIONS] @ np.linalg.inv(seen)  # all features, given the directions
    values, vectors = np.linalg.eigh(seen)
    root, inverse = (vectors @ np.diag(values**power) @ vectors.T for power in (0.5, -0.5))
    axes = np.linalg.svd(weights @ expected @ root, full_matrices=False)[2][:CHANNELS].T
    project = np.zeros((CHANNELS, 32), np.float32)
    project[:, :DIRECTIONS] = (inverse @ axes).T
    dual = (expected @ root @ axes).astype(np.float32)
    return project, dual, (weights @ dual).astype(np.float32)


def records(path):
    rows = np.fromfile(path, np.float32).reshape(-1, 86)
    return rows[:, 4].astype(int), rows[:, 5], rows[:, 6:].astype(np.float64)


def braces(rows, form):
    lines = []
    for row in rows:
        line = "    {"
        for value in row:
            text = form % value + ", "
            if len(line) + len(text) > 117:
                lines.append(line.rstrip())
                line = "     "
            line += text
        lines.append(line.rstrip(", ") + "},")
    return "\n".join(lines)


def table(section, faces, others, project, dual):
    units = [row * CHANNELS + channel for row, channel in UNITS]
    of_face, above, faces = records(faces)
    of_other, _, others = records(others)
    shares, first, least = [], [], []
    for each in range(FILTERS):
        found, passed = faces[(of_face == each) & (above >= 0)], others[of_other == each][:, units]
        looked = found[:, units]
        apart = looked.mean(0) - passed.mean(0)
        scatter = (np.cov(looked.T) + np.cov(passed.T)) / 2
        scatter += np.eye(len(units)) * np.trace(scatter) / len(units) * 0.05
        share = np.linalg.solve(scatter, apart)
        share = np.round(share * apart.sum() / (share @ apart), 4)
        shares.append(share)
        first.append(np.sort(looked @ share)[BUT] - MARGIN)
        least.append(np.sort(found.sum(1))[BUT] - MARGIN)
    limits = [", ".join("%.4ff" % limit for limit in limits) for limits in (first, least)]
    print(f"""// Made by calibration/detector_table.py; see there how. Do not edit.
#pragma once

#include "../../Sources/CFaces/detect/format.h"

namespace modelpack {{

using namespace rollcall::detector_format;

/// [channels][18] makes the channels of the coarse look of a cell's 18 directions.
constexpr float projection[channels][18] = {{
{braces(project[:, :DIRECTIONS], "%.9gf")}
}};

/// [31][channels] makes a filter's weights for the channels of its weights for the features.
constexpr float dual[31][channels] = {{
{braces(dual, "%.9gf")}
}};

/// Row and channel of each unit of the first look.
constexpr int first_units[units][2] = {{
    {", ".join("{%d, %d}" % unit for unit in UNITS[:12])},
    {", ".join("{%d, %d}" % unit for unit in UNITS[12:])},
}};

/// How much a unit counts for a filter in the first look: where it is best told from what is no face.
constexpr float first_shares[filters][units] = {{
{braces(shares, "%.4ff")}
}};

/// What nearly every window that dlib accepts reaches, less a margin that is enough for the others.
constexpr float first_least[filters] = {{{limits[0]}}};
constexpr float least[filters] = {{{limits[1]}}};

}}  // namespace modelpack""")


def held_out(section, faces):
    """How far above what they must reach the windows of other people are that dlib accepts."""
    of_face, above, faces = records(faces)
    first, least = (np.frombuffer(section, np.float32, FILTERS, at)[of_face] for at in (128, 192))
    units = np.frombuffer(section, np.int32, len(UNITS), 256)
    coarse = np.frombuffer(section, np.float32, FILTERS * 80 * 16, 320 + 64000 + 1024).reshape(FILTERS, 80, 16)
    looks = np.frombuffer(section, np.float32, len(UNITS) * 50, 320 + 64000 + 1024 + 25600).reshape(-1, 10, FILTERS)
    for each in range(FILTERS):
        rows = (of_face == each) & (above >= 0)
        share = (looks[:, :, each] * coarse[each, units, :10]).sum(1) / (coarse[each, units, :10] ** 2).sum(1)
        slack = faces[rows][:, units] @ share - first[rows], faces[rows].sum(1) - least[rows]
        print(f"filter {each}: {rows.sum()} windows, lost {(slack[0] < 0).sum()} and {(slack[1] < 0).sum()}, "
              f"least above {slack[0].min():.3f} and {slack[1].min():.3f}")


def main():
    what, section = sys.argv[1], open(sys.argv[2], "rb").read()
    if what == "projection":
        project, dual, coarse = projection(section, sys.argv[3])
        with open(sys.argv[4], "wb") as out:
            out.write(project.tobytes() + coarse.tobytes())
        np.save(sys.argv[4] + ".dual.npy", dual)
    elif what == "table":
        project = np.fromfile(sys.argv[3], np.float32, CHANNELS * 32).reshape(CHANNELS, 32)
        table(section, sys.argv[4], sys.argv[5], project, np.load(sys.argv[3] + ".dual.npy"))
    else:
        held_out(section, sys.argv[3])


main()
