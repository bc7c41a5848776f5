"""Accounts of a unit that several territories hold: each goes wholly to one of them."""

from collections.abc import Mapping, Sequence

from optimizer.problem import FloatArray


def allocate(ids: Sequence[str], owner: Sequence[int], potential: FloatArray, shares: Mapping[int, float]) -> list[int]:
    """Return the seat of each account of one unit.

    Largest potential first: an account stays with its owner while most of it fits into that seat's share of the
    potential; the others then go to the seat with most of its share left. Account ids, then seats, decide among equals.

    Parameters
    ----------
    ids : n texts
        Account ids.
    owner : n ints
        Seat of today's owner; one that is not in `shares` holds nothing here.
    potential : (n,) float64
    shares : mapping
        Share of the unit that each seat has, at least one.
    """
    # Without any potential, accounts are shared out by their number.
    weight = (potential if potential.sum() > 0 else potential + 1.0).tolist()
    left = {seat: share * sum(weight) for seat, share in sorted(shares.items())}
    order = sorted(range(len(ids)), key=lambda i: (-weight[i], ids[i]))
    seats: dict[int, int] = {}
    for i in order:
        if owner[i] in left and left[owner[i]] >= weight[i] / 2:
            seats[i] = owner[i]
            left[owner[i]] -= weight[i]
    for i in order:
        if i not in seats:
            seats[i] = max(left, key=left.__getitem__)
            left[seats[i]] -= weight[i]
    return [seats[i] for i in range(len(ids))]
