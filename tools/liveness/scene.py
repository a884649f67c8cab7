"""What is behind: walls, doors, boards, windows, shelves; or a clip's own room."""

import cv2
import numpy

from motion import Sway

WIDTH, HEIGHT = 640, 480


def room(random):
    """A made-up place: planes of colour with straight edges and some texture, more or less out of focus."""
    base = random.uniform(60, 215)
    colour = base + random.uniform(-15, 15, 3)
    scene = numpy.empty((HEIGHT, WIDTH, 3), numpy.float32)
    scene[:] = colour
    horizon = int(random.uniform(0.55, 1.1) * HEIGHT)
    scene[horizon:] = base * random.uniform(0.4, 0.9) + random.uniform(-20, 20, 3)
    for _ in range(random.integers(1, 9)):
        x, y = random.uniform(-0.1, 0.9) * WIDTH, random.uniform(-0.2, 0.8) * HEIGHT
        width, height = random.uniform(0.05, 0.5) * WIDTH, random.uniform(0.1, 1.1) * HEIGHT
        lean = random.uniform(-0.08, 0.08, 4) * width
        corners = numpy.array(
            [[x, y + lean[0]], [x + width, y + lean[1]], [x + width + lean[3], y + height], [x + lean[2], y + height]])
        shade = numpy.clip(base + random.uniform(-110, 90) + random.uniform(-35, 35, 3), 5, 250)
        cv2.fillConvexPoly(scene, corners.astype(numpy.int32), shade.tolist(), cv2.LINE_AA)
        if random.random() < 0.5:
            frame = (shade * random.uniform(0.4, 1.3)).clip(0, 255).tolist()
            cv2.polylines(scene, [corners.astype(numpy.int32)], True, frame, int(random.integers(1, 9)), cv2.LINE_AA)
    for octave in range(1, 5):
        grain = random.normal(0, 1, (HEIGHT // 2 ** (octave + 1), WIDTH // 2 ** (octave + 1))).astype(numpy.float32)
        scene += random.uniform(0, 3) * cv2.resize(grain, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)[..., None]
    fall = random.uniform(-0.3, 0.3) * numpy.linspace(-1, 1, HEIGHT, dtype=numpy.float32)[:, None, None]
    return (cv2.GaussianBlur(scene, (0, 0), random.uniform(0.5, 3)) * (1 + fall)).clip(0, 255)


class Shake:
    """A camera that is not fixed: everything that it sees moves by the same pixels."""

    def __init__(self, random, chance):
        size = random.uniform(0.3, 3.0) if random.random() < chance else 0.0
        self.across, self.down = Sway(random, size, 0.3, 4), Sway(random, size, 0.3, 4)

    def of(self, scene, seconds):
        return shifted(scene, self.across.at(seconds), self.down.at(seconds))


def shifted(scene, x, y):
    """The scene moved by parts of a pixel; its border goes on outside."""
    if x == y == 0:
        return scene.copy()
    move = numpy.array([[1, 0, x], [0, 1, y]], numpy.float32)
    return cv2.warpAffine(scene, move, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
