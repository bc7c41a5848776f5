"""What falls into pieces: units that no link joins, and pieces that no whole number of territories fits."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from geodata.bridges import nearest_link_offers, piece_findings, pieces
from geodata.findings import Finding, Level
from optimizer.bound.load_range import load_range
from optimizer.graph import IntArray
from optimizer.problem import Contiguity, FloatArray, Problem
from scenarios.prepare.links import RowLinks
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import amount, some

MOST_PIECES = 100
"""Pieces of one part that are told one by one."""


def disconnected(links: RowLinks, table: UnitTable, parts: Iterable[IntArray]) -> Iterator[Finding]:
    """Yield a warning for each piece but the largest of each of `parts`, rows of the units, with the nearest link."""
    piece = pieces(len(table), links.a, links.b)
    geometry, ids = table.units.geometry.to_numpy(), table.ids
    for rows in parts:
        label = np.unique(piece[rows], return_inverse=True)[1].astype(np.int32)
        if label.max() > MOST_PIECES:
            yield _many(label, [ids[row] for row in rows], table.label)
        elif label.max() > 0:
            offers = nearest_link_offers(geometry[rows], label)
            yield from piece_findings(offers, label, [ids[row] for row in rows], table.label)


def unfit_pieces(problem: Problem, ids: Sequence[str]) -> Iterator[Finding]:
    """Yield a warning for each piece that no whole number of territories fits.

    Territories that must be contiguous lie within one piece, so its loads must be those of some number of them. Only
    asked where all units are of one part; else a territory may have units in several pieces.
    """
    if problem.part.max() > 0 or (problem.contiguity != Contiguity.REQUIRED).any():
        return
    piece = pieces(problem.n_units, *problem.graph.links())
    if piece.max() == 0:
        return
    low, high = load_range(problem)
    least, most = np.cumsum(np.sort(low), axis=1), np.cumsum(np.sort(high)[:, ::-1], axis=1)
    for k in range(int(piece.max()) + 1):
        load = problem.load[:, piece == k].sum(axis=1)[:, None]
        if not ((least <= load) & (load <= most)).all(axis=0).any():
            yield _unfit(problem, np.flatnonzero(piece == k).astype(np.int32), ids, least, most)


def _unfit(problem: Problem, units: IntArray, ids: Sequence[str], least: FloatArray, most: FloatArray) -> Finding:
    load = problem.load[:, units].sum(axis=1)
    names = list(dict.fromkeys(ids[unit] for unit in units))
    # The first measure that fails alone, else the first: then it is the mix of measures that fits nowhere.
    alone = [m for m in range(len(load)) if not ((least[m] <= load[m]) & (load[m] <= most[m])).any()]
    measure = alone[0] if alone else 0
    scale = float(problem.load_per_amount[measure])
    message = (
        f"The piece of {some(names, range(len(names)))} has {amount(load[measure] / scale)} of "
        f"{problem.measures[measure]}, which fits no whole number of contiguous territories "
        f"(one holds {amount(least[measure, 0] / scale)} to {amount(most[measure, 0] / scale)})."
    )
    hint, field = "Maybe set neighbours.bridges to nearest.", f"measures.{problem.measures[measure]}"
    return Finding(Level.WARNING, "unfit-piece", message, hint, field=field, value=names[0])


def _many(label: IntArray, ids: Sequence[str], file: str) -> Finding:
    sizes = np.bincount(label)
    lone = np.flatnonzero(sizes[label] == 1).tolist()
    message = f"The map falls into {len(sizes)} pieces."
    if lone:
        message = f"The map falls into {len(sizes)} pieces, {len(lone)} of one unit each: {some(ids, lone)}."
    hint = "Maybe set neighbours.bridges to nearest, or limits.contiguity to off."
    return Finding(Level.WARNING, "disconnected", message, hint, file, value=ids[0])
