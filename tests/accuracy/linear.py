"""The models that are fitted here: logistic ones with a ridge penalty, of two classes or more."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
PENALTY, ROUNDS = 40.0, 30
# With fewer examples than this the penalty grows: a model of some hundred statements must not be sure of itself.
ENOUGH = 1500
# Constants of classes are known but for their sum, which nothing depends on: next to no penalty settles it.
_FREE = 1e-6


def logistic(x: Floats, y: Floats, penalty: float = PENALTY) -> Floats:
    """Constant and coefficients by Newton's method; the constant is not penalised."""
    x = np.column_stack([np.ones(len(x)), x])
    ridge = np.full(x.shape[1], penalty * max(1.0, ENOUGH / len(x)))
    ridge[0] = 0.0
    w = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(ridge), x.T @ (y - p) - ridge * w)
        w = w + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return w


def softmax(x: Floats, y: npt.NDArray[np.int_], classes: int, penalty: float) -> Floats:
    """Constants and coefficients of each class, shape `(classes, 1 + signs)`, by Newton's method."""
    x = np.column_stack([np.ones(len(x)), x])
    size = x.shape[1]
    ridge = np.full((classes, size), penalty)
    ridge[:, 0] = _FREE
    w = np.zeros((classes, size))
    target = np.eye(classes)[y]
    for _ in range(ROUNDS):
        z = x @ w.T
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        slope = (target - p).T @ x - ridge * w
        bend = np.diag(ridge.ravel())
        for k in range(classes):
            for m in range(classes):
                weight = p[:, k] * (float(k == m) - p[:, m])
                bend[k * size : (k + 1) * size, m * size : (m + 1) * size] += (x.T * weight) @ x
        step = np.linalg.solve(bend, slope.ravel()).reshape(classes, size)
        w = w + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return w
