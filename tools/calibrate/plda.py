"""Two-covariance PLDA on descriptors of length one, and the cohort's two numbers.

A descriptor x becomes z = V' (x / |x| - mean). In z the covariance within people is I and that between people diag(b)
(Bruemmer & De Villiers, The speaker partitioning problem, Odyssey 2010). All arrays are float32, rows are photographs.
"""

import numpy as np

DIMENSIONS = 96  # of 128: the others have no variance between people
SHRINK = 0.8  # of the within-class covariance towards its mean variance: 1,500 people have more than one photograph
COHORT = 400  # people who stand for "somebody else"
NEAREST = 10  # of them that count for a probe or a template


class Plda:
    def __init__(self, x, people, seed):
        x = unit(x.astype(np.float64))
        names, first, owner, count = np.unique(people, return_index=True, return_inverse=True, return_counts=True)
        means = np.zeros((len(names), x.shape[1]))
        np.add.at(means, owner, x)
        means /= count[:, None]
        self.mean = means.mean(0)
        # Somebody with a hundred photographs has one pose more than somebody with two, not fifty times as many.
        weight = np.where(count > 1, np.maximum(count - 1, 1) ** -0.5, 0)
        rest = x - means[owner]
        within = (rest * weight[owner][:, None]).T @ rest / np.sum(weight * (count - 1))
        centred = means - self.mean
        between = centred.T @ centred / (len(names) - 1) - within * np.mean(1 / count)
        within = (1 - SHRINK) * within + SHRINK * np.trace(within) / len(within) * np.eye(len(within))
        self.b, basis = generalised_eigen(between, within)
        order = self.b.argsort()[::-1][:DIMENSIONS]
        self.b = np.maximum(self.b[order], 1e-4).astype(np.float32)
        self.basis = basis[:, order].astype(np.float32)
        self.mean = self.mean.astype(np.float32)
        # People of one photograph: they are not needed elsewhere.
        alone = np.random.default_rng(seed).permutation(first[count == 1])[:COHORT]
        self.cohort = self.transform(x[alone]).astype(np.float16).astype(np.float32)

    def transform(self, x):
        return ((unit(x) - self.mean) @ self.basis).astype(np.float32)

    def score(self, z, means, count):
        """The log-likelihood ratio, in nats, of probes z and the people with these means of `count` photographs."""
        b, n = self.b[None], np.asarray(count, np.float32)[:, None]
        v = b / (1 + n * b)
        m, inverse = n * v * means, 1 / (v + 1)
        return (
            z @ (m * inverse).T
            - 0.5 * (z**2) @ inverse.T
            - 0.5 * np.sum(m * m * inverse, 1)[None]
            + 0.5 * ((z**2) @ (1 / (b[0] + 1)))[:, None]
            + 0.5 * np.sum(np.log(b + 1) - np.log(v + 1), 1)[None]
        )


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def generalised_eigen(between, within):
    """Values b and columns V with V' within V = I and V' between V = diag(b)."""
    root = np.linalg.inv(np.linalg.cholesky(within))
    values, vectors = np.linalg.eigh(root @ between @ root.T)
    return values, root.T @ vectors


def mean_of_highest(scores):
    return np.partition(scores, -NEAREST, 1)[:, -NEAREST:].mean(1)
