"""Pairs → clusters. The result depends on the set of pairs alone, not on their order."""

from __future__ import annotations

import numpy as np

from cleaner.tokens import I64


def components(pairs: I64, count: int) -> I64:
    """For each of ``count`` members the smallest member that pairs connect it with.

    Each round hangs the root of a pair under the smaller root of the other member and then shortens all paths to
    one step (Shiloach and Vishkin 1982); rounds grow with the logarithm of the longest chain.
    """
    root = np.arange(count, dtype=np.int64)
    while True:
        before = root.copy()
        ends = root[pairs]
        np.minimum.at(root, ends.ravel(), np.repeat(ends.min(axis=1), 2))
        while not np.array_equal(jumped := root[root], root):
            root = jumped
        if np.array_equal(root, before):
            return root


def stars(pairs: I64, count: int) -> I64:
    """For each of ``count`` members the one that stands for it: itself, or the first it is paired with that stands.

    Members are taken in ascending order, and one stands unless it is paired with a smaller one that does. So no two
    that stand are paired, and nobody is stood for by one it is not paired with, which at the ends of a long chain
    of pairs would happen if one stood for the whole component. This is the greedy maximal independent set;
    Blelloch, Fineman and Shun (2012) show that the rounds here find the same one as going one by one.
    """
    ordered = np.sort(pairs, axis=1)
    stands = np.ones(count, bool)
    is_open = np.ones(count, bool)
    left = ordered
    while len(left):
        is_first = is_open.copy()
        is_first[left[:, 1]] = False  # a smaller one has still to be decided
        settled = left[is_first[left[:, 0]]]
        stands[settled[:, 1]] = False
        is_open[settled.ravel()] = False
        left = left[is_open[left].all(axis=1)]
    star = np.arange(count)
    found = np.full(count, count, np.int64)
    own = ordered[stands[ordered[:, 0]]]
    np.minimum.at(found, own[:, 1], own[:, 0])
    return np.where(stands, star, found)
