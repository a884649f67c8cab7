"""The score: PLDA's log-likelihood ratio with what is known of probe and template besides, weighted by a logistic
regression for each number of photographs enrolled (1, 2, 3 and more).

    L = w0 + w1 S + w2 mx + w3 mt + w4 |z|^2 + w5 |m|^2 + w6 highest + w7 lowest

S: PLDA of the probe and the person's mean m; mx, mt: how near the probe and the template are to people of the cohort (as
symmetric normalisation has it: Matejka et al., Interspeech 2017; here with weights of their own); |z|, |m|: how unusual they
are; highest, lowest: PLDA with each of the person's first three photographs alone. L is in nats, the prior taken out.
"""

import numpy as np

from plda import Plda, mean_of_highest

CLASSES = (1, 2, 3)
HARD = 5  # of a stranger's comparisons, the nearest, are fitted on
FAR = np.float32(-1e9)


def folds(people, rng, count):
    """Each photograph's fold, by person, people with many photographs spread evenly."""
    names, owner, photographs = np.unique(people, return_inverse=True, return_counts=True)
    order, fold = np.lexsort((rng.random(len(names)), -photographs)), np.empty(len(names), int)
    for i in range(0, len(order), count):
        some = order[i : i + count]
        fold[some] = rng.permutation(count)[: len(some)]
    return fold[owner]


class Gallery:
    """What is worked out once of each enrolled person: `enrolled` lists rows of z for each."""

    def __init__(self, plda, z, enrolled):
        self.count = np.array([len(rows) for rows in enrolled], np.float32)
        self.means = np.array([z[rows].mean(0) for rows in enrolled])
        self.near = mean_of_highest(plda.score(plda.cohort, self.means, self.count).T)
        self.energy = (self.means**2).sum(1)
        self.classes = np.minimum(self.count, 3).astype(int)
        most = int(min(self.count.max(), 3))
        self.photographs = [
            z[np.array([rows[min(i, len(rows) - 1)] for rows in enrolled])] for i in range(most)
        ]


def features(plda, z, gallery):
    """Of every probe and person: S, highest, lowest; of every probe: mx, |z|^2."""
    ones = np.ones(len(gallery.count), np.float32)
    singles = [plda.score(z, photograph, ones) for photograph in gallery.photographs]
    near = mean_of_highest(plda.score(z, plda.cohort, np.ones(len(plda.cohort), np.float32)))
    return (plda.score(z, gallery.means, gallery.count), np.max(singles, 0), np.min(singles, 0), near, (z * z).sum(1))


def rows_of(found, gallery, i, j):
    s, highest, lowest, near, energy = found
    return np.stack(
        [s[i, j], near[i], gallery.near[j], energy[i], gallery.energy[j], highest[i, j], lowest[i, j]], 1)


def scores(found, gallery, weights):
    s, highest, lowest, near, energy = found
    result = np.empty_like(s)
    for c in CLASSES:
        of = gallery.classes == c
        w = weights[c]
        result[:, of] = (
            w[0] + w[1] * s[:, of] + w[2] * near[:, None] + w[3] * gallery.near[of][None] + w[4] * energy[:, None]
            + w[5] * gallery.energy[of][None] + w[6] * highest[:, of] + w[7] * lowest[:, of])
    return result


def logistic(x, labels, weight):
    """Weights and constant of a logistic regression with a ridge of 1 on standardised columns, by Newton's method."""
    mean, spread = x.mean(0), x.std(0)
    a = np.c_[np.ones(len(x)), (x - mean) / spread]
    w, ridge = np.zeros(a.shape[1]), np.r_[0, np.ones(x.shape[1])]
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(a @ w, -500, 500)))
        hessian = (a * (weight * p * (1 - p))[:, None]).T @ a + np.diag(ridge)
        step = np.linalg.solve(hessian, a.T @ (weight * (labels - p)) - ridge * w)
        w += step
        if np.abs(step).max() < 1e-9:
            break
    slope = w[1:] / spread
    return w[0] - slope @ mean, slope


class Comparison:
    """One fold's scores by a PLDA of the other folds: nobody in it was fitted on."""

    def __init__(self, plda, z, people, c, rng):
        names, owner, count = np.unique(people, return_inverse=True, return_counts=True)
        rows = [rng.permutation(np.where(owner == i)[0]) for i in range(len(names))]
        enrolled = [i for i in range(len(names)) if count[i] >= c]
        place = np.full(len(names), -1)
        place[enrolled] = np.arange(len(enrolled))
        self.gallery = Gallery(plda, z, [rows[i][:c] for i in enrolled])
        mated = np.array([(row, place[i]) for i in enrolled for row in rows[i][c : c + 10]])
        strangers = np.concatenate([some[:3] for some in rows])
        self.mated = rows_of(features(plda, z[mated[:, 0]], self.gallery), self.gallery, np.arange(len(mated)), mated[:, 1])
        self.found = features(plda, z[strangers], self.gallery)
        own = place[owner[strangers]]
        self.known = np.where(own >= 0)[0], own[own >= 0]
        s = self.found[0].copy()
        s[self.known] = FAR
        hard = np.argpartition(s, -HARD, 1)[:, -HARD:]
        self.impostors = rows_of(self.found, self.gallery, np.repeat(np.arange(len(s)), HARD), hard.ravel())
        self.pairs = s.size - len(self.known[0])

    def impostor_scores(self, weights):
        scored = scores(self.found, self.gallery, weights)
        scored[self.known] = np.nan
        return scored[~np.isnan(scored)]


class Rule:
    """Everything fitted on these photographs."""

    def __init__(self, x, people, seed, repetitions=2, draws=2):
        rng, compared = np.random.default_rng(seed), {c: [] for c in CLASSES}
        for _ in range(repetitions):
            fold = folds(people, rng, 4)
            for k in range(4):
                plda = Plda(x[fold != k], people[fold != k], seed + k)
                z = plda.transform(x[fold == k])
                for _ in range(draws):
                    for c in CLASSES:
                        compared[c].append(Comparison(plda, z, people[fold == k], c, rng))
        self.plda = Plda(x, people, seed)
        self.weights = {c: self.fit(compared[c], c) for c in CLASSES}
        self.pairs = {c: sum(one.pairs for one in compared[c]) for c in CLASSES}
        self.genuine = {
            c: np.concatenate([one.mated for one in compared[c]]) @ self.weights[c][1:] + self.weights[c][0]
            for c in CLASSES
        }
        # Of impostors the mean, and the highest hundredth, falling: the tail.
        self.tail, self.impostor_mean = {}, {}
        for c in CLASSES:
            every = [one.impostor_scores(self.weights) for one in compared[c]]
            self.impostor_mean[c] = np.mean([v.mean() for v in every])
            self.tail[c] = np.sort(np.concatenate([v[v > np.quantile(v, 0.99)] for v in every]))[::-1]

    @staticmethod
    def fit(compared, c):
        mated, hard = (np.concatenate([getattr(one, name) for one in compared]) for name in ("mated", "impostors"))
        pairs = sum(one.pairs for one in compared)
        used = range(7) if c > 1 else range(5)  # of one photograph the highest is S
        # A stranger's other comparisons have no weight at this prior, but count in it.
        weight = 0.3 * len(mated) / (len(hard) / HARD)
        labels = np.r_[np.ones(len(mated)), np.zeros(len(hard))]
        constant, slope = logistic(np.r_[mated, hard][:, used], labels, np.where(labels == 1, 1, weight))
        w = np.zeros(8)
        w[0], w[1 + np.array(used)] = constant - np.log(len(mated) / (weight * pairs)), slope
        return w
