"""What of the page's files somebody sees who is limited to some units: nothing in them tells of the others."""

import json
from collections.abc import Collection
from typing import Any

import numpy as np

from geodata.draw.encode import decode_numbers, encode_numbers
from optimizer.graph import IntArray
from optimizer.problem import NOBODY, UNLOCKED
from scenarios.case import Case
from scenarios.workspace.cells import cells_json
from scenarios.workspace.files import compact

Fields = dict[str, Any]
RULES: Fields = {
    "fit": None,
    "fit_now": None,
    "banned": "",
    "forbidden": "",
    "max_distance_km": None,
    "together": [],
    "apart": [],
    "budgets": [],
}
"""Rules of the document that name units or reps, left out; whoever is limited to a region does not edit."""


def cells_within(case: Case, units: Collection[str]) -> bytes:
    """Return cells.json of these units alone, with the links between them."""
    return compact(cells_json(case, _rows(case, units)))


def alignment_within(alignment: bytes, case: Case, units: Collection[str]) -> bytes:
    """Return an alignment.json of these units, in the order of `cells_within`.

    Territories that have or lock one of them are told. One with `is_whole` holds no other unit and has its target and
    limits; of one that holds others too only its code, its rep and its colour are told.
    """
    given = json.loads(alignment)
    rows = _rows(case, units)
    seats = _seats(given, rows)
    same = {name: given[name] for name in ("colours", "tolerances", "currency")}
    return compact({**same, **RULES, **_by_seat(given, seats), **_by_row(given, rows, list(seats))})


def _rows(case: Case, units: Collection[str]) -> IntArray:
    return np.flatnonzero(case.units["unit"].astype(str).isin(list(units))).astype(np.int32)


def _seats(given: Fields, rows: IntArray) -> dict[int, bool]:
    """Return the seats that have or lock one of the rows, and whether each has some of them and nothing else."""
    owner, locked = decode_numbers(given["owner"]), decode_numbers(given["locked"])[rows]
    alone = np.flatnonzero(owner > NOBODY)
    parts = [(int(row), int(seat)) for row, held in given["shares"].items() for seat, _ in held]
    row, seat = np.array([*zip(alone.tolist(), owner[alone].tolist(), strict=True), *parts]).reshape(-1, 2).T
    is_seen, n = np.isin(row, rows), len(given["territories"])
    inside, outside = (np.bincount(seat[which], minlength=n) for which in (is_seen, ~is_seen))
    told = np.union1d(seat[is_seen], locked[locked != UNLOCKED])
    return {one: bool(inside[one] and not outside[one]) for one in told.tolist()}


def _by_seat(given: Fields, seats: dict[int, bool]) -> Fields:
    def told(values: list[Any]) -> list[Any]:
        return [values[seat] if is_whole else None for seat, is_whole in seats.items()]

    return {
        "territories": [_territory(given["territories"][seat], is_whole) for seat, is_whole in seats.items()],
        "targets": [told(targets) for targets in given["targets"]],
        "limits": [{**limit, "low": told(limit["low"]), "high": told(limit["high"])} for limit in given["limits"]],
        "homes": [[] for _ in seats],
    }


def _territory(whole: Fields, is_whole: bool) -> Fields:
    if is_whole:
        return {**whole, "manager": "", "region": "", "is_whole": True}
    told = {name: whole[name] for name in ("code", "rep", "colour")}
    unknown = {"name": "", "rep_name": None, "status": "active", "stays": True, "manager": "", "region": ""}
    return {**unknown, **told, "lat": None, "lon": None, "is_whole": False}


def _by_row(given: Fields, rows: IntArray, seats: list[int]) -> Fields:
    place = {seat: at for at, seat in enumerate(seats)}

    def placed(name: str) -> str:
        return encode_numbers([place.get(value, value) for value in decode_numbers(given[name])[rows].tolist()])

    keys = [(at, str(row)) for at, row in enumerate(rows.tolist())]
    shares = {at: given["shares"][row] for at, row in keys if row in given["shares"]}
    return {
        "owner": placed("owner"),
        "shares": {at: [[place[int(seat)], share] for seat, share in held] for at, held in shares.items()},
        "locked": placed("locked"),
        "reasons": {at: given["reasons"][row] for at, row in keys if row in given["reasons"]},
        "current": encode_numbers(np.full(len(rows), NOBODY)),
    }
