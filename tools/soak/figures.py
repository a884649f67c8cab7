"""What the soak test measures: samples of the processes' memory and file descriptors, and what they say in the end."""

import os
import time
from collections import namedtuple

# Resident memory and its anonymous part in kB: what is not anonymous are pages of files, which come in as they are used.
Sample = namedtuple("Sample", "time resident anonymous descriptors")


class Samples:
    """Samples of one program, by process."""

    # Caches fill and the heap settles for so long, in seconds.
    WARM = 300

    def __init__(self, name):
        self.name, self.lives = name, {}

    def take(self, process):
        try:
            with open(f"/proc/{process.pid}/status") as status:
                fields = dict(line.split(":", 1) for line in status)
            resident, anonymous = (int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon"))
            descriptors = len(os.listdir(f"/proc/{process.pid}/fd"))
        except (OSError, KeyError):
            return
        self.lives.setdefault(process.pid, []).append(Sample(time.monotonic(), resident, anonymous, descriptors))

    @property
    def longest(self):
        """The longest life without its warm-up."""
        life = max(self.lives.values(), key=lambda samples: samples[-1].time - samples[0].time)
        return [sample for sample in life if sample.time - life[0].time >= self.WARM] or life[-1:]

    def slope(self, column="resident"):
        """Kilobytes an hour: least squares."""
        times, values = [s.time for s in self.longest], [getattr(s, column) for s in self.longest]
        middle, mean = sum(times) / len(times), sum(values) / len(values)
        spread = sum((t - middle) ** 2 for t in times)
        return 3600 * sum((t - middle) * (v - mean) for t, v in zip(times, values)) / spread if spread else 0.0

    def more_descriptors(self):
        """By how many the fewest of the last ten minutes are more than the fewest of the first ten: what is open for a moment,
        as a connection to the server, is no growth."""
        life = self.longest
        first = [s.descriptors for s in life if s.time - life[0].time <= 600]
        last = [s.descriptors for s in life if life[-1].time - s.time <= 600]
        return min(last) - min(first)

    def words(self):
        life = self.longest
        first, last = life[0], life[-1]
        return (f"{self.name}: {(last.time - first.time) / 60:.0f} min after the warm-up, "
                f"{first.resident} kB -> {last.resident} kB, slope {self.slope():+.0f} kB/h; "
                f"anonymous {first.anonymous} kB -> {last.anonymous} kB, slope {self.slope('anonymous'):+.0f} kB/h; "
                f"file descriptors {first.descriptors} -> {last.descriptors} (at most {max(s.descriptors for s in life)})")


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0
