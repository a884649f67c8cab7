"""The camera, one for everything that is played: a lens, an exposure, a sensor, a compression. Attacks and living people
are seen by the same one, so that nobody can tell them apart by it."""

import cv2
import numpy

from scene import HEIGHT, WIDTH, Shake

RATE = 15
#: Pixels; a horizontal field of view of 56 degrees, as of an ordinary webcam.
FOCAL = 600.0


class Camera:
    """One camera with its settings, and its shake where it is not fixed."""

    def __init__(self, random):
        self.random = random
        self.shake = Shake(random, 0.25)
        self.blur = random.uniform(0.35, 0.9)
        self.gain = random.uniform(0.75, 1.2)
        self.gamma = random.uniform(0.9, 1.15)
        self.warmth = random.uniform(-0.06, 0.06)
        self.read_noise = random.uniform(0.4, 2.2)
        self.shot_noise = random.uniform(0.02, 0.16)
        self.sharpening = random.uniform(0.2, 0.8) if random.random() < 0.4 else 0.0
        self.quality = int(random.uniform(70, 96)) if random.random() < 0.7 else None
        # Lamps on alternating current: bands over the whole picture, where the exposure does not fit them.
        self.lamp = random.uniform(0.005, 0.03) if random.random() < 0.2 else 0.0
        self.lamp_bands, self.lamp_beat = random.uniform(1.0, 3.0), random.uniform(-3, 3)
        # The exposure follows the scene a little.
        self.drift, self.drift_rate = random.uniform(0, 0.03), random.uniform(0.1, 0.5)
        # It follows whoever comes as well: dark clothes or a bright sheet.
        self.settled = random.uniform(-0.1, 0.1)
        levels = numpy.arange(256, dtype=numpy.float32)
        self.curve = (255 * (levels / 255) ** self.gamma).astype(numpy.float32)
        self.noise = numpy.sqrt(self.read_noise**2 + self.shot_noise * self.curve).astype(numpy.float32)
        # Not the same few draws again and again, and yet quick.
        self.grain = random.normal(0, 1, (HEIGHT + 64, WIDTH + 64, 3)).astype(numpy.float32)

    def develop(self, scene, seconds, arrived=1.0):
        """A picture of the scene (BGR, 0 to 255, float): what the camera hands on, bytes.

        - arrived: how far somebody has come before it, 0 to 1."""
        rows = numpy.arange(HEIGHT, dtype=numpy.float32)[:, None, None] / HEIGHT
        light = self.gain * (1 + self.settled * arrived) * (1 + self.drift * numpy.sin(2 * numpy.pi * self.drift_rate * seconds))
        light = light * (1 + self.lamp * numpy.sin(2 * numpy.pi * (self.lamp_bands * rows + self.lamp_beat * seconds)))
        light = light.astype(numpy.float32) * numpy.array([1 - self.warmth, 1, 1 + self.warmth], numpy.float32)
        picture = cv2.GaussianBlur(self.shake.of(scene, seconds), (0, 0), self.blur) * light
        y, x = self.random.integers(64, size=2)
        grain = self.grain[y : y + HEIGHT, x : x + WIDTH]
        # In steps of a level, whose edges the noise hides.
        levels = cv2.convertScaleAbs(picture)
        picture = cv2.LUT(levels, self.curve) + grain * cv2.LUT(levels, self.noise)
        if self.sharpening:
            picture += self.sharpening * (picture - cv2.GaussianBlur(picture, (0, 0), 1.2))
        picture = picture.clip(0, 255).astype(numpy.uint8)
        if self.quality:
            packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, self.quality])[1]
            picture = cv2.imdecode(packed, cv2.IMREAD_COLOR)
        return picture


def write_stream(path, pictures, rate=RATE):
    """Writes pictures (BGR bytes) as Y4M, 4:2:0, BT.601 of video."""
    with open(path, "wb") as stream:
        stream.write(b"YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT, rate))
        for picture in pictures:
            stream.write(b"FRAME\n" + cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).tobytes())
