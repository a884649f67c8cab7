"""What an attacker shows: paper, a phone, a tablet or monitor. Each is a plane in space with a picture on it.

The picture's place on the plane, the plane's place before the camera and what lies around the picture are in metres;
a pinhole camera (Hartley & Zisserman, Multiple View Geometry, 2nd ed., section 6.1) sees them.
"""

import cv2
import numpy

from camera import FOCAL, HEIGHT, WIDTH
from living import FramedClip, Puppet
from motion import Hand, Sway, rotation
from people import face_of
from scene import room, shifted


class Plane:
    """A plane at a distance, turned and moved by a hand; maps its metres to pixels."""

    def __init__(self, random, face_metres, steadiness, centre=None):
        self.hand = Hand(random, steadiness) if steadiness else None
        face_pixels = random.uniform(75, 190)
        self.distance = FOCAL * face_metres / face_pixels
        self.centre = random.uniform([-0.2, -0.12], [0.2, 0.1]) * self.distance if centre is None else centre
        tilt = numpy.radians(random.uniform(0, 14))
        self.turn = random.normal(0, 1, 3) * [tilt / 2, tilt / 2, tilt / 5]
        self.approach = random.uniform(0.05, 0.35) if steadiness and random.random() < 0.4 else 0.0

    def homography(self, seconds, share):
        place, turn = self.hand.at(seconds) if self.hand else (numpy.zeros(3), numpy.zeros(3))
        axes = rotation(self.turn + turn)
        # What is held nearer wanders as far in metres.
        origin = numpy.array([*self.centre, self.distance * (1 + self.approach * (1 - share))]) + place
        camera = numpy.array([[FOCAL, 0, WIDTH / 2], [0, FOCAL, HEIGHT / 2], [0, 0, 1]])
        return camera @ numpy.column_stack([axes[:, 0], axes[:, 1], origin])


def region(homography, half):
    """Rows and columns of the frame in which a rectangle of the plane lies, with a little more."""
    corners = numpy.array([[x * half[0], y * half[1], 1] for x in (-1, 1) for y in (-1, 1)]).T
    x, y, w = homography @ corners
    x, y = x / w, y / w
    rows = slice(int(numpy.clip(y.min() - 3, 0, HEIGHT - 2)), int(numpy.clip(y.max() + 4, 2, HEIGHT)))
    return rows, slice(int(numpy.clip(x.min() - 3, 0, WIDTH - 2)), int(numpy.clip(x.max() + 4, 2, WIDTH)))


def pixels_to_plane(homography, rows, columns):
    """For each pixel of a part of the frame the place on the plane, in metres."""
    y, x = numpy.mgrid[rows, columns].astype(numpy.float64)
    inverse = numpy.linalg.inv(homography)
    w = inverse[2, 0] * x + inverse[2, 1] * y + inverse[2, 2]
    u = (inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]) / w
    v = (inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]) / w
    return u, v


def inside(u, v, half_width, half_height, soft):
    """1 within the rectangle, 0 outside, with an edge of about a pixel."""
    near = numpy.minimum(half_width - abs(u), half_height - abs(v))
    return (near / soft + 0.5).clip(0, 1).astype(numpy.float32)[..., None]


def sampled(picture, u, v, half_width, half_height):
    """The picture, stretched over the rectangle, at each pixel; filtered as far as it is made smaller."""
    height, width = picture.shape[:2]
    x = ((u / half_width + 1) / 2 * width - 0.5).astype(numpy.float32)
    y = ((v / half_height + 1) / 2 * height - 0.5).astype(numpy.float32)
    step = float(numpy.median(abs(numpy.diff(x[x.shape[0] // 2]))))
    if step > 1.2:
        picture = cv2.GaussianBlur(picture, (0, 0), 0.4 * step)
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def cropped(picture, face, across, down, up):
    """The part around a face: `across` widths of the face to each side, `up` above and `down` below its middle."""
    x, y, size = face
    height, width = picture.shape[:2]
    left, right = int(max(0, x - across * size)), int(min(width, x + across * size))
    top, bottom = int(max(0, y - up * size)), int(min(height, y + down * size))
    return picture[top:bottom, left:right], (x - left, y - top, size)


class Behind:
    """Who holds it, or where it stands: a room, or a clip's person and room."""

    def __init__(self, random, clips):
        self.room = room(random)
        self.holder = None
        if clips and random.random() < 0.4:
            self.holder = FramedClip(random, clips[random.integers(len(clips))], is_faceless=True)
        self.sway = [Sway(random, random.uniform(0, 0.8)) for _ in range(2)] if random.random() < 0.3 else None

    def face_centre(self, distance):
        """Where the holder's face is, on a plane at this distance, in metres: the attack covers it."""
        if not self.holder:
            return None
        x = self.holder.place[0] if not self.holder.mirrored else WIDTH - self.holder.place[0]
        return numpy.array([x - WIDTH / 2, self.holder.place[1] - HEIGHT / 2]) * distance / FOCAL

    def at(self, seconds, share):
        if self.holder:
            return self.holder.at(seconds, share).copy()
        if self.sway:
            return shifted(self.room, self.sway[0].at(seconds), self.sway[1].at(seconds))
        return self.room.copy()


class Attack:
    """A plane with a picture before a place. `kind` decides the rest."""

    kinds = ("print", "print-cut", "phone", "tablet", "monitor")

    def __init__(self, random, kind, person, clips):
        self.random, self.kind = random, kind
        self.is_screen = kind in ("phone", "tablet", "monitor")
        self.source, face = self.content(random, person)
        self.picture_size, self.face = face
        height, width = self.picture_size
        face_metres = self.measure(random, width)
        self.scale = face_metres / self.face[2]
        self.half = numpy.array([width, height]) * self.scale / 2
        self.behind = Behind(random, clips)
        steadiness = {"print": 1, "print-cut": 1, "phone": 1, "tablet": 0.6}.get(kind, 0)
        if kind == "tablet" and random.random() < 0.5:
            steadiness = 0
        self.plane = Plane(random, face_metres, steadiness)
        offset = (numpy.array(self.face[:2]) - [width / 2, height / 2]) * self.scale
        self.plane.centre = self.plane.centre - offset
        if random.random() < 0.7 and self.behind.holder:
            self.plane.centre = self.behind.face_centre(self.plane.distance) - offset
        self.surroundings(random)
        self.light(random)
        skin = (numpy.array([120, 150, 200]) * random.uniform(0.35, 1.1)).tolist()
        count = int(random.integers(0, 4))
        self.fingers = [(random.choice([-1, 1]), random.uniform(-0.9, 0.9), skin) for _ in range(count)]

    def content(self, random, person):
        """What is shown: a photograph, or on a screen a moving person if there is one."""
        if self.is_screen and (person.clips or person.plain and random.random() < 0.5):
            moving = self.recording(random, person)
            first = moving.at(0, 1)
            face = face_of(first.astype(numpy.uint8))
            if face:
                across, down, up = self.crop = random.uniform([0.9, 1.0, 0.9], [1.8, 2.6, 1.6])
                if self.kind == "monitor" and random.random() < 0.4:
                    self.crop = (9, 9, 9)
                part, inner = cropped(first, face, *self.crop)
                self.moving, self.moving_face = moving, face
                return None, (part.shape[:2], inner)
        self.moving = None
        if person.portraits:
            portrait = person.portraits[random.integers(len(person.portraits))]
            picture, face = portrait.picture, portrait.face
        else:
            clip = person.clips[random.integers(len(person.clips))]
            picture, face = clip.frames[int(random.integers(len(clip.frames)))], clip.face
        crop = random.uniform([0.62, 0.75, 0.75], [1.6, 2.2, 1.5])
        part, inner = cropped(picture, face, *crop)
        return part.astype(numpy.float32), (part.shape[:2], inner)

    @staticmethod
    def recording(random, person):
        if person.clips:
            clip = FramedClip(random, person.clips[random.integers(len(person.clips))])
            clip.mirrored = False
            return clip
        return Puppet(random, person.plain[random.integers(len(person.plain))])

    def measure(self, random, width):
        """Width of the shown face in metres."""
        if self.kind.startswith("print"):
            return random.uniform(0.07, 0.16)
        # The picture fills the screen's width.
        wide = {"phone": (0.06, 0.078), "tablet": (0.13, 0.24), "monitor": (0.4, 0.62)}[self.kind]
        return random.uniform(*wide) * self.face[2] / width

    def surroundings(self, random):
        """Margin or bezel around the picture, metres on each side, and its colour."""
        least = self.half.min()
        if self.kind.startswith("print"):
            has_margin = random.random() < 0.6
            margin = random.uniform(0.01, 0.35) * least if has_margin else 0.0
            self.around = numpy.array([margin, margin * random.uniform(0.5, 2)])
            self.colour = random.uniform(185, 245) * (1 + random.uniform(-0.04, 0.04, 3))
            self.bend = random.uniform(-1, 1) * 0.35 if random.random() < 0.4 else 0.0
        else:
            thickness = {"phone": (0.03, 0.12), "tablet": (0.05, 0.14), "monitor": (0.02, 0.08)}[self.kind]
            self.around = random.uniform(*thickness) * least * random.uniform([0.7, 0.7], [1, 2.2])
            self.colour = numpy.full(3, random.uniform(2, 40) if random.random() < 0.75 else random.uniform(150, 235))
            self.bend = 0.0

    def light(self, random):
        """Of the medium: brightness, black level, texture, reflections, bands."""
        self.gain = random.uniform(0.6, 1.5) if self.is_screen else random.uniform(0.65, 1.1)
        self.black = random.uniform(2, 30) if self.is_screen else random.uniform(8, 35)
        self.pitch = 0.0254 / (random.uniform(90, 460) if self.is_screen else random.uniform(85, 200))
        # How much of the grid the camera lets through: 0.3 % to 8 %.
        self.grid = float(numpy.exp(random.uniform(numpy.log(0.003), numpy.log(0.08 if self.is_screen else 0.04))))
        self.grid_turn = 0.0 if self.is_screen else numpy.radians(random.uniform(15, 75))
        has_bands = self.is_screen and random.random() < 0.6
        self.bands = float(numpy.exp(random.uniform(numpy.log(0.006), numpy.log(0.1)))) if has_bands else 0.0
        self.band_count, self.band_beat = random.uniform(0.6, 3.5), random.uniform(-6, 6)
        self.glare = random.uniform(0, 0.12) if self.is_screen else random.uniform(0, 0.04)
        self.reflected = cv2.GaussianBlur(room(random), (0, 0), 12) if self.glare else None
        self.spot = None
        if random.random() < (0.35 if self.is_screen else 0.15):
            self.spot = (random.uniform([0.2, 0.1], [0.8, 0.9]), random.uniform(0.03, 0.15), random.uniform(40, 200))
        self.scroll = [Sway(random, 8), Sway(random, 8)]

    def picture(self, seconds):
        if self.moving is None:
            return self.source
        frame = self.moving.at(seconds, 1)
        return cropped(frame, self.moving_face, *self.crop)[0]

    def at(self, seconds, share):
        scene = self.behind.at(seconds, share)
        homography = self.plane.homography(seconds, share)
        body = self.half + self.around
        rows, columns = region(homography, body)
        behind = scene[rows, columns]
        u, v = pixels_to_plane(homography, rows, columns)
        if self.bend:
            # Paper that is bent about an upright axis: its sides are nearer than they would be.
            u = u * (1 + self.bend * (u / self.half[0]).clip(-1.5, 1.5) ** 2)
        soft = self.plane.distance / FOCAL
        shown = sampled(self.picture(seconds), u, v, *self.half)
        shown = self.black + shown * ((255 - self.black) / 255) * self.gain
        shown *= 1 + self.grid * self.texture(u, v)
        if self.bands:
            down = numpy.arange(rows.start, rows.stop, dtype=numpy.float32)[:, None, None] / HEIGHT
            shown *= 1 + self.bands * numpy.sin(2 * numpy.pi * (self.band_count * down + self.band_beat * seconds))
        screen = inside(u, v, *self.half, soft)
        medium = self.colour.astype(numpy.float32) * (1 - screen) + shown * screen
        if self.glare:
            reflected = shifted(self.reflected, self.scroll[0].at(seconds), self.scroll[1].at(seconds))
            medium += self.glare * reflected[rows, columns]
        if self.spot:
            (x, y), size, strength = self.spot
            far = ((u / body[0] - 2 * x + 1) ** 2 + (v / body[1] - 2 * y + 1) ** 2) / (2 * size) ** 2
            medium += (strength * numpy.exp(-far))[..., None].astype(numpy.float32)
        mask = inside(u, v, *body, soft)
        if self.kind == "print-cut":
            mask = mask * (1 - self.eye_holes(u, v))
        scene[rows, columns] = behind * (1 - mask) + medium * mask
        if self.plane.hand:
            self.draw_fingers(scene, homography)
        return scene

    def draw_fingers(self, scene, homography):
        """Ends of fingers on the medium's sides."""
        body = self.half + self.around
        for x, y, colour in self.fingers:
            place = homography @ [x * body[0], y * body[1], 1]
            size = 0.01 * FOCAL / self.plane.distance
            centre = (int(place[0] / place[2]), int(place[1] / place[2]))
            if all(abs(c) < 4000 for c in centre):
                cv2.ellipse(scene, centre, (int(2.2 * size), int(0.9 * size) + 1), 0, 0, 360, colour, -1, cv2.LINE_AA)

    def texture(self, u, v):
        """The grid of a screen or the dots of a print, as each pixel samples it: what is finer than pixels comes out
        as moire."""
        cosine, sine = numpy.cos(self.grid_turn), numpy.sin(self.grid_turn)
        x = (((cosine * u + sine * v) / self.pitch) % 1).astype(numpy.float32)
        y = (((-sine * u + cosine * v) / self.pitch) % 1).astype(numpy.float32)
        wave = numpy.cos(2 * numpy.pi * x) + numpy.cos(2 * numpy.pi * y)
        if not self.is_screen:
            return wave.astype(numpy.float32)[..., None]
        # Blue, green and red stand beside each other.
        lines = 0.7 * numpy.cos(2 * numpy.pi * y)
        return 0.6 * numpy.dstack([numpy.cos(2 * numpy.pi * (x + part / 3)) + lines for part in (1, 0, -1)])

    def eye_holes(self, u, v):
        """1 where the eyes are cut out."""
        height, width = self.picture_size
        holes = 0
        for side in (-0.19, 0.19):
            x = (self.face[0] + side * self.face[2] - width / 2) * self.scale
            y = (self.face[1] - 0.1 * self.face[2] - height / 2) * self.scale
            size = self.face[2] * self.scale
            holes = holes + (((u - x) / (0.12 * size)) ** 2 + ((v - y) / (0.06 * size)) ** 2 < 1)
        return holes.astype(numpy.float32)[..., None]
