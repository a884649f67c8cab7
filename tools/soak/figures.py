"""What the soak test measures: samples of the processes' memory and file descriptors, and what they say in the end."""

import os
import time


class Samples:
    """Samples of one program, by process."""

    # Caches fill and the heap settles for so long, in seconds.
    WARM = 300

    def __init__(self, name):
        self.name, self.lives = name, {}

    def take(self, process):
        try:
            with open(f"/proc/{process.pid}/status") as status:
                kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
            descriptors = len(os.listdir(f"/proc/{process.pid}/fd"))
        except (OSError, StopIteration):
            return
        self.lives.setdefault(process.pid, []).append((time.monotonic(), kilobytes, descriptors))

    @property
    def longest(self):
        """The longest life without its warm-up."""
        life = max(self.lives.values(), key=lambda samples: samples[-1][0] - samples[0][0])
        return [sample for sample in life if sample[0] - life[0][0] >= self.WARM] or life[-1:]

    def slope(self):
        """Kilobytes an hour: least squares."""
        times, values = [s[0] for s in self.longest], [s[1] for s in self.longest]
        middle, mean = sum(times) / len(times), sum(values) / len(values)
        spread = sum((t - middle) ** 2 for t in times)
        return 3600 * sum((t - middle) * (v - mean) for t, v in zip(times, values)) / spread if spread else 0.0

    def words(self):
        life = self.longest
        return (f"{self.name}: {(life[-1][0] - life[0][0]) / 60:.0f} min after the warm-up, {life[0][1]} kB -> {life[-1][1]} kB, "
                f"slope {self.slope():+.0f} kB/h, file descriptors {life[0][2]} -> {life[-1][2]} "
                f"(at most {max(sample[2] for sample in life)})")


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0
