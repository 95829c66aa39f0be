"""Labels in a column, moved as little as may be so that none lies over another."""

from collections.abc import Sequence

import numpy as np


def spread(places: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels of these heights, in the order of `places`, none over another and all between `low` and `high`.

    The sum of the squares of their moves is the least that there is: neighbours that meet are pooled, as in isotonic regression. Where the
    labels need more room than there is, they run over `high`.
    """
    order = np.argsort(places, kind="stable")
    tall = np.asarray(heights, dtype=float)[order]
    before = np.cumsum(tall) - tall / 2  # the middle of each, if all stood close from nought
    pools: list[list[float]] = []  # of labels that touch each other: where the first would begin at best, each said once a label
    for begin in np.asarray(places, dtype=float)[order] - before:
        pools.append([begin])
        while len(pools) > 1 and np.mean(pools[-2]) > np.mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    begins = np.concatenate([np.full(len(pool), np.mean(pool)) for pool in pools]) if pools else np.zeros(0)
    middles = np.empty(len(order))
    middles[order] = np.maximum(np.minimum(begins, high - tall.sum()), low) + before
    return [round(float(middle), 6) for middle in middles]
