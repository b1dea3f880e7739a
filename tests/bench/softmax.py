"""Fitting one weight for each feature and label: multinomial logistic regression by L-BFGS."""

from collections import deque

import numpy as np

_STEPS, _KEPT = 150, 8
_FLAT = 2e-3  # a slope below this share of the first ends the search


def softmax_fit(
    x: np.ndarray, y: np.ndarray, count: np.ndarray, pull: np.ndarray, start: np.ndarray | None = None
) -> np.ndarray:
    """Weights (features by labels) under which the shares `y` are likeliest, each feature pulled to zero."""
    weights = np.zeros((x.shape[1], y.shape[1]), dtype=np.float32) if start is None else start.copy()
    loss, slope = _loss(x, y, count, pull, weights)
    first = max(1.0, float(np.linalg.norm(slope)))
    past: deque[tuple[np.ndarray, np.ndarray]] = deque(maxlen=_KEPT)
    for _ in range(_STEPS):
        way = _direction(slope, past)
        length = 1.0 if past else min(1.0, 1.0 / first)
        while True:
            there = weights + length * way
            new, turned = _loss(x, y, count, pull, there)
            if new <= loss + 1e-4 * length * float(np.vdot(slope, way)) or length < 1e-6:
                break
            length /= 2
        if float(np.vdot(turned - slope, there - weights)) > 0:
            past.append((there - weights, turned - slope))
        weights, loss, slope = there, new, turned
        if np.linalg.norm(slope) < _FLAT * first:
            break
    return weights


def _loss(
    x: np.ndarray, y: np.ndarray, count: np.ndarray, pull: np.ndarray, weights: np.ndarray
) -> tuple[float, np.ndarray]:
    total = x @ weights
    total -= total.max(axis=1, keepdims=True)
    share = np.exp(total)
    whole = share.sum(axis=1, keepdims=True)
    off = (share / whole - y) * count[:, None]
    fit = float((count[:, None] * y * (np.log(whole) - total)).sum(dtype=np.float64))
    return fit + float((pull * weights**2).sum(dtype=np.float64)) / 2, x.T @ off + pull * weights


def _direction(slope: np.ndarray, past: deque[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Downhill, bent by what the last steps showed."""
    way, kept = -slope, []
    for step, bend in reversed(past):
        share = float(np.vdot(step, way) / np.vdot(step, bend))
        kept.append(share)
        way = way - share * bend
    if past:
        step, bend = past[-1]
        way = way * float(np.vdot(step, bend) / np.vdot(bend, bend))
    for (step, bend), share in zip(past, reversed(kept), strict=True):
        way = way + (share - float(np.vdot(bend, way) / np.vdot(step, bend))) * step
    return np.asarray(way)
