"""How often an impostor's score is above t, as a small table, and the thresholds that follow from it; the terminal does the
same (Sources/Identification/OperatingPoint.swift)."""

import numpy as np

from rule import CLASSES

SHARES = np.array([1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5])
FEWEST = 40  # pairs beyond the last knot
QUANTILES = 101


class Tables:
    def __init__(self, rule):
        self.knots = {}
        for c in CLASSES:
            scores, pairs = rule.tail[c], rule.pairs[c]
            shares = [p for p in SHARES if p * pairs >= FEWEST and int(p * pairs) < len(scores)]
            self.knots[c] = np.array([scores[int(p * pairs)] for p in shares]), np.log(shares)
        self.genuine = {c: np.quantile(rule.genuine[c], np.linspace(0, 1, QUANTILES)) for c in CLASSES}

    def log_share(self, c, t):
        """ln of the share of impostor pairs above t. Beyond the last knot it falls by 1 a nat: a log-likelihood ratio may
        not fall more slowly. Before the first one it goes on as between the first two."""
        t, (knots, logs) = np.asarray(t, float), self.knots[c]
        slope = (logs[1] - logs[0]) / (knots[1] - knots[0])
        inside = np.interp(t, knots, logs)
        return np.where(
            t > knots[-1], logs[-1] - (t - knots[-1]), np.where(t < knots[0], logs[0] + (t - knots[0]) * slope, inside))

    def expected(self, people, t):
        """How many people of a roster, counted by class, a stranger's score is above t for."""
        return sum(people[c] * np.exp(self.log_share(c, t)) for c in CLASSES if people.get(c))

    def threshold(self, people, rate):
        """The least t at which at most this share of strangers is named: their scores are nearly independent once
        normalised, so 1 - exp(-expected)."""
        low, high = -20.0, 60.0
        for _ in range(60):
            middle = (low + high) / 2
            if self.expected(people, middle) > -np.log1p(-rate):
                low = middle
            else:
                high = middle
        return high
