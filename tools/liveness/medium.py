"""How paper or a screen changes the picture on it: brightness, black level, the grid and its moire, bands, reflections."""

import cv2
import numpy

from camera import HEIGHT
from motion import Sway
from scene import room, shifted


class Medium:
    """The light that comes from a sheet or a screen. Luma in levels of 0 to 255, places in metres."""

    def __init__(self, random, is_screen):
        self.is_screen = is_screen
        self.gain = random.uniform(0.6, 1.5) if is_screen else random.uniform(0.65, 1.1)
        self.black = random.uniform(2, 30) if is_screen else random.uniform(8, 35)
        self.pitch = 0.0254 / (random.uniform(90, 460) if is_screen else random.uniform(85, 200))
        # How much of the grid the camera lets through: 0.3 % to 8 %.
        self.grid = float(numpy.exp(random.uniform(numpy.log(0.003), numpy.log(0.08 if is_screen else 0.04))))
        self.grid_turn = 0.0 if is_screen else numpy.radians(random.uniform(15, 75))
        has_bands = is_screen and random.random() < 0.6
        self.bands = float(numpy.exp(random.uniform(numpy.log(0.006), numpy.log(0.1)))) if has_bands else 0.0
        self.band_count, self.band_beat = random.uniform(0.6, 3.5), random.uniform(-6, 6)
        self.glare = random.uniform(0, 0.12) if is_screen else random.uniform(0, 0.04)
        self.reflected = cv2.GaussianBlur(room(random), (0, 0), 12) if self.glare else None
        self.spot = None
        if random.random() < (0.35 if is_screen else 0.15):
            self.spot = (random.uniform([0.2, 0.1], [0.8, 0.9]), random.uniform(0.03, 0.15), random.uniform(40, 200))
        self.scroll = [Sway(random, 8), Sway(random, 8)]

    def shows(self, picture, u, v, rows, seconds, brightness):
        """What the picture's values at places (u, v) look like. `brightness`: 0 for a screen that is dark."""
        shown = self.black + picture * ((255 - self.black) / 255 * brightness) * self.gain
        shown *= 1 + self.grid * self.texture(u, v)
        if self.bands:
            down = numpy.arange(rows.start, rows.stop, dtype=numpy.float32)[:, None, None] / HEIGHT
            shown *= 1 + self.bands * numpy.sin(2 * numpy.pi * (self.band_count * down + self.band_beat * seconds))
        return shown

    def reflect(self, surface, u, v, body, rows, columns, seconds):
        """Adds the room in front and a lamp to a surface of half size `body`."""
        if self.glare:
            reflected = shifted(self.reflected, self.scroll[0].at(seconds), self.scroll[1].at(seconds))
            surface += self.glare * reflected[rows, columns]
        if self.spot:
            (x, y), size, strength = self.spot
            far = ((u / body[0] - 2 * x + 1) ** 2 + (v / body[1] - 2 * y + 1) ** 2) / (2 * size) ** 2
            surface += (strength * numpy.exp(-far))[..., None].astype(numpy.float32)

    def texture(self, u, v):
        """The grid of a screen or the dots of a print, as each pixel samples it: what is finer than pixels comes out
        as moire."""
        cosine, sine = numpy.cos(self.grid_turn), numpy.sin(self.grid_turn)
        turn = 2 * numpy.pi
        x = (turn * (((cosine * u + sine * v) / self.pitch) % 1)).astype(numpy.float32)
        y = (turn * (((-sine * u + cosine * v) / self.pitch) % 1)).astype(numpy.float32)
        if not self.is_screen:
            return (numpy.cos(x) + numpy.cos(y))[..., None]
        # Blue, green and red stand beside each other, a third of the pitch apart: by the sum of angles.
        lines, c, s = 0.42 * numpy.cos(y), 0.6 * numpy.cos(x), 0.6 * numpy.sin(x) * numpy.float32(3**0.5 / 2)
        return numpy.dstack([-0.5 * c - s + lines, c + lines, -0.5 * c + s + lines])
