"""Territory -> manager -> region -> company: every level's quotas, top-down and bottom-up, in whole steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.problem import LoadArray
from scenarios.document.scenario import Quota
from scenarios.prepare.histories import total_of
from scenarios.quotas.apportion import apportion

Path = tuple[str, ...]
"""Names from the top: (), (region,), (region, manager), as far as levels are given."""


@dataclass(frozen=True)
class Hierarchy:
    """Who leads whom.

    Attributes
    ----------
    names : tuple of str
        The levels between company and territories, from the top: "region", "manager", or fewer.
    paths : tuple of Path
        Of each seat.
    """

    names: tuple[str, ...]
    paths: tuple[Path, ...]

    def nodes(self, depth: int) -> list[Path]:
        """Return the nodes `depth` levels below the company, in the order of their first seats."""
        return list(dict.fromkeys(path[:depth] for path in self.paths))


def hierarchy(regions: Sequence[str], managers: Sequence[str]) -> Hierarchy:
    """Return the levels that anybody's row names; a manager of two regions is a node in each."""
    levels = [(name, values) for name, values in (("region", regions), ("manager", managers)) if any(values)]
    if not levels:
        return Hierarchy((), tuple(() for _ in regions))
    names, columns = zip(*levels, strict=True)
    return Hierarchy(tuple(names), tuple(zip(*columns, strict=True)))


def totals(quota: Quota, tree: Hierarchy) -> list[int]:
    """Return what the quotas of each level add up to, in steps: company, the levels between, territories."""
    shares = [getattr(quota.over_assignment, name) for name in (*tree.names, "territory")]
    return [total_of(quota, tuple(shares[:depth])) for depth in range(len(shares) + 1)]


def level_quotas(quota: Quota, tree: Hierarchy, seats: LoadArray) -> dict[Path, int]:
    """Return the quota of every node in steps, in proportion to the quotas below and with each level's exact sum."""
    out: dict[Path, int] = {}
    below = dict(zip([(*path, str(i)) for i, path in enumerate(tree.paths)], seats.tolist(), strict=True))
    for depth in range(len(tree.names), -1, -1):
        nodes = tree.nodes(depth)
        weight = np.array([sum(of for path, of in below.items() if path[:depth] == node) for node in nodes])
        total = totals(quota, tree)[depth]
        share = weight / weight.sum()
        steps = apportion(share, total, np.zeros(len(nodes), dtype=np.int64), np.full(len(nodes), total))
        below = dict(zip(nodes, steps.tolist(), strict=True))
        out |= below
    return out
