"""What `degrade.py` and `rollcallctl inspect --json` wrote, as mated comparisons: a distance, and both faces' measures."""

import csv
import json
import pathlib
import subprocess

import numpy as np

# Distance beyond which a single comparison counts as a miss.
MISS = 0.44


def inspect(program, models, index, out):
    """Runs `rollcallctl inspect --json` over the images of an index, in parts, into one file."""
    with open(index, newline="") as file:
        paths = [row["image"] for row in csv.DictReader(file)]
    images = []
    for at in range(0, len(paths), 500):
        command = [program, "inspect", "--json", "--models", models, *paths[at:at + 500]]
        images += json.loads(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
    pathlib.Path(out).write_text(json.dumps(images))


class Faces:
    """The best face of each image that has one. Arrays of one length: `person`, `source`, `kind`, `strength`, `name`,
    `descriptor`, `good`, and `measures` by name."""

    def __init__(self, index, measures):
        with open(index, newline="") as file:
            rows = list(csv.DictReader(file))
        inspected = {image["image"]: image for image in json.loads(pathlib.Path(measures).read_text())}
        kept, self.lost = [], {}
        for row in rows:
            faces = [face for face in inspected[row["image"]]["faces"] if face["descriptor"]]
            if faces:
                kept.append((row, max(faces, key=lambda face: face["box"]["confidence"])))
            else:
                self.lost[row["kind"]] = self.lost.get(row["kind"], 0) + 1

        def array(values):
            return np.array(list(values))

        self.person = array(row["person"] for row, _ in kept)
        self.source = array(row["source"] for row, _ in kept)
        self.kind = array(row["kind"] for row, _ in kept)
        self.strength = array(float(row["strength"]) for row, _ in kept)
        self.name = array(pathlib.Path(row["image"]).stem for row, _ in kept)
        self.descriptor = array(face["descriptor"] for _, face in kept)
        self.good = array(face["quality"]["good"] for _, face in kept)
        self.enrolled = array(face["enrolment"]["good"] for _, face in kept)
        self.reasons = [face["quality"]["reasons"] for _, face in kept]
        numbers = [key for key, value in kept[0][1]["quality"].items() if isinstance(value, (int, float))
                   and not isinstance(value, bool)]
        self.measures = {key: array(float(face["quality"][key]) for _, face in kept) for key in numbers}

    def degraded(self, kinds=None):
        """Pairs (probe, template): a London photograph, whole or made worse, against the person's other expression."""
        whole = {name: at for at, name in enumerate(self.name) if self.source[at] == "london"}
        pairs = []
        for at, name in enumerate(self.name):
            if self.source[at] not in ("london", "degraded"):
                continue
            if self.kind[at] != "none" and kinds is not None and self.kind[at] not in kinds:
                continue
            own = name.split("-")[0]
            other = own.replace("neutral", "smiling") if "neutral" in own else own.replace("smiling", "neutral")
            if other in whole:
                pairs.append((at, whole[other]))
        return np.array(pairs)

    def orl(self):
        """All pairs of one ORL person's photographs."""
        at = np.flatnonzero(self.source == "orl")
        return np.array([(a, b) for i, a in enumerate(at) for b in at[:i] if self.person[a] == self.person[b]])

    def clips(self):
        """Frames of one clip against every tenth of the same person's other clip."""
        at = np.flatnonzero(self.source == "clips")
        return np.array([(a, b) for a in at for b in at if self.person[a] == self.person[b]
                         and self.kind[a] != self.kind[b] and self.strength[b] % 20 == 0])

    def distances(self, pairs):
        return np.linalg.norm(self.descriptor[pairs[:, 0]] - self.descriptor[pairs[:, 1]], axis=1)
