"""What happens at a door beside whoever is looked at: at first nobody is there; then somebody comes, others stand about,
a lamp goes on, a door opens. The same for living people and for attacks."""

import cv2
import numpy

from camera import HEIGHT, WIDTH
from motion import Sway
from scene import room


def smooth(share):
    """0 to 1 without a jerk."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


class Visit:
    """When somebody comes and goes, and what changes meanwhile. Seconds count from the moment in which the visit begins."""

    def __init__(self, random):
        # Sometimes the terminal has just been started: it never saw its place empty.
        self.lead = 0.0 if random.random() < 0.1 else random.uniform(1.3, 2.4)
        self.duration = random.uniform(2, 4)
        self.coming = random.uniform(0.3, 0.9)
        self.light = self.ramp = None
        if random.random() < 0.3:
            across = numpy.linspace(-1, 1, WIDTH, dtype=numpy.float32)[None, :, None]
            self.light = random.uniform(-0.25, 0.3) + random.uniform(-0.12, 0.12) * across
            self.ramp = (random.uniform(-0.8, 1.2), random.uniform(0.05, 0.8))
        self.door = Door(random) if random.random() < 0.12 else None
        count = int(random.integers(1, 4)) if random.random() < 0.3 else 0
        self.others = [Bystander(random, random.uniform(-self.lead - 1, 1.5)) for _ in range(count)]
        # Such a terminal sees its place when whoever was there has gone.
        self.after = 0.0 if self.lead else random.uniform(2.0, 3.1)

    def arrived(self, seconds):
        """How far whoever comes has come, 0 to 1; who was there from the beginning goes as they would have come."""
        if self.lead == 0:
            return 1 - smooth((seconds - self.duration) / self.coming)
        return smooth(seconds / self.coming)

    def behind(self, scene, seconds, person=None):
        """Adds doors and people to a scene in which nobody else is yet; with `person`, the x and width of a face in it,
        beside that person."""
        if self.door:
            scene = self.door.over(scene, seconds, person)
        for other in self.others:
            scene = other.over(scene, seconds, person)
        return scene

    def lit(self, scene, seconds):
        """The scene under the lamps of the moment."""
        if self.light is None:
            return scene
        begin, length = self.ramp
        return scene * (1 + smooth((seconds - begin) / length) * self.light)


class Door:
    """A door at one side that opens: behind it lies another room."""

    def __init__(self, random):
        self.other = room(random)
        self.width = int(random.uniform(0.12, 0.35) * WIDTH)
        self.is_left = random.random() < 0.5
        self.begin, self.length = random.uniform(-1.0, 1.5), random.uniform(0.5, 1.5)

    def over(self, scene, seconds, person):
        width = self.width
        if person:
            x, size = person
            width = min(width, (x if self.is_left else WIDTH - x) - 2 * size)
        open_to = int(width * smooth((seconds - self.begin) / self.length))
        if open_to < 1:
            return scene
        scene = scene.copy()
        columns = slice(0, open_to) if self.is_left else slice(WIDTH - open_to, WIDTH)
        scene[:, columns] = self.other[:, columns]
        return scene


class Bystander:
    """Somebody else, who looks away: hair and shoulders. Comes from the side and then stands or goes on."""

    def __init__(self, random, begin, size=None, place=None):
        self.size = size or random.uniform(40, 150)
        self.place = random.uniform([0.02, 0.25], [0.98, 0.55]) * [WIDTH, HEIGHT] if place is None else place
        self.begin, self.length = begin, random.uniform(0.5, 1.5)
        self.side = random.choice([-1.0, 1.0])
        self.sway = [Sway(random, random.uniform(0.01, 0.12) * self.size), Sway(random, 0.03 * self.size)]
        width, height = int(2.4 * self.size), int(max(3 * self.size, HEIGHT))
        self.layer = numpy.zeros((height, width, 4), numpy.float32)
        grain = random.normal(0, 1, (max(4, height // 6), max(4, width // 6), 1)).astype(numpy.float32)
        grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
        cloth, hair = random.uniform(15, 225, 3), random.uniform(10, 90) * numpy.array([0.8, 0.9, 1])
        across, down = numpy.meshgrid(
            (numpy.arange(width) - width / 2) / self.size, (numpy.arange(height) - 0.75 * self.size) / self.size)
        is_body = (down > 0.6) & (abs(across) < 0.25 + 0.85 * numpy.sqrt(((down - 0.6) / 0.7).clip(0, 1)))
        is_head = (across / 0.5) ** 2 + (down / 0.68) ** 2 < 1
        self.layer[..., :3] = numpy.where((is_head | ~is_body)[..., None], hair, cloth) + 9 * grain
        self.layer[..., 3] = cv2.GaussianBlur((is_body | is_head).astype(numpy.float32), (0, 0), 1.2)

    def over(self, scene, seconds, person=None, most=1.0):
        """- most: how far they have come at most, for one who goes."""
        arrived = min(most, smooth((seconds - self.begin) / self.length))
        if arrived <= 0:
            return scene
        place, side = self.place[0], self.side
        if person:
            side = 1.0 if place > person[0] else -1.0
            least = 1.2 * person[1] + 1.1 * self.size
            place = person[0] + side * max(side * (place - person[0]), least)
        x = place + self.sway[0].at(seconds) + (1 - arrived) * side * WIDTH - self.layer.shape[1] / 2
        y = self.place[1] + self.sway[1].at(seconds) - 0.75 * self.size
        left, top = int(max(0, x)), int(max(0, y))
        right, bottom = int(min(WIDTH, x + self.layer.shape[1])), int(min(HEIGHT, y + self.layer.shape[0]))
        if right - left < 2 or bottom - top < 2:
            return scene
        move = numpy.array([[1, 0, x - left], [0, 1, y - top]], numpy.float32)
        seen = cv2.warpAffine(self.layer, move, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
        alpha, scene = seen[..., 3:], scene.copy()
        part = scene[top:bottom, left:right]
        part += (seen[..., :3] - part) * alpha
        return scene


class Shadow:
    """What a body before a wall darkens beside it."""

    def __init__(self, random):
        self.strength = random.uniform(0.05, 0.35) if random.random() < 0.3 else 0.0
        self.shift = random.uniform([-10, -3], [10, 6])
        self.softness = random.uniform(1, 4)

    def on(self, scene, alpha):
        """- alpha: HEIGHT x WIDTH, 1 where the body is."""
        if not self.strength:
            return scene
        small = cv2.GaussianBlur(cv2.resize(alpha, (80, 60), interpolation=cv2.INTER_AREA), (0, 0), self.softness)
        move = numpy.array([[1, 0, self.shift[0]], [0, 1, self.shift[1]]], numpy.float32)
        dark = cv2.resize(cv2.warpAffine(small, move, (80, 60)), (WIDTH, HEIGHT))
        return scene * (1 - self.strength * dark[..., None])
