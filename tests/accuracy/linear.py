"""The one model that is fitted here: a logistic one with a ridge penalty."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
PENALTY, ROUNDS = 40.0, 30
# With fewer examples than this the penalty grows: a model of some hundred statements must not be sure of itself.
ENOUGH = 1500


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
