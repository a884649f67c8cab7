"""Motions of hands, heads and cameras: sums of a few sines, whose frequencies and phases follow from the generator."""

import numpy


class Sway:
    """A number that wanders about 0 with a standard deviation of `size`, between `slow` and `fast` Hz."""

    def __init__(self, random, size, slow=0.15, fast=1.2, parts=4):
        self.frequencies = random.uniform(slow, fast, parts)
        self.phases = random.uniform(0, 2 * numpy.pi, parts)
        weights = random.uniform(0.3, 1, parts) / (0.3 + self.frequencies)
        self.weights = size * weights / numpy.sqrt((weights**2).sum() / 2)

    def at(self, seconds):
        return float((self.weights * numpy.sin(2 * numpy.pi * self.frequencies * seconds + self.phases)).sum())


class Hand:
    """A hand that holds something up: where it is (metres) and how it is turned (radians). Physiological tremor lies at
    6 to 12 Hz (Elble & Koller, Tremor, 1990) and is small beside the slow wandering."""

    def __init__(self, random, steadiness=1.0):
        wander = steadiness * random.uniform(0.006, 0.035)
        tilt = steadiness * numpy.radians(random.uniform(1.0, 7.0))
        self.place = [Sway(random, wander), Sway(random, wander * 0.7), Sway(random, wander)]
        self.turn = [Sway(random, tilt), Sway(random, tilt), Sway(random, tilt * 0.5)]
        tremor = steadiness * random.uniform(0.0002, 0.001)
        self.tremor = [Sway(random, tremor, 6, 12) for _ in range(2)]

    def at(self, seconds):
        place = numpy.array([sway.at(seconds) for sway in self.place])
        place[:2] += [sway.at(seconds) for sway in self.tremor]
        return place, numpy.array([sway.at(seconds) for sway in self.turn])


def rotation(turn):
    """The matrix of turns about x, y and z in radians."""
    (cx, cy, cz), (sx, sy, sz) = numpy.cos(turn), numpy.sin(turn)
    about_x = numpy.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = numpy.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = numpy.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return about_z @ about_y @ about_x
