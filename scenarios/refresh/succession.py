"""Which record of today each earlier one has become: by id, and where the id is gone by what else says the same."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.places import NOWHERE, locate
from scenarios.accounts.crm_ids import bare_id
from scenarios.near_names import plain
from scenarios.refresh.records import UNIT, Records

BY_ID = "the ids are the same but for leading zeros, a decimal tail or the check characters of a CRM id"
BY_NAME = "same name and same place"
BY_PLACE = "same place, where each is the only one"
BY_AREA = "the middle of the old one lies in the new one"
BY_ACCOUNT = "the account that it is"

Keys = Sequence[str]
"""What records are matched by, one text a record; "" matches nothing."""


@dataclass(frozen=True, eq=False)
class Succession:
    """What became of the earlier records.

    Attributes
    ----------
    now : mapping
        Id of today by earlier id; earlier ids that are not among them are closed.
    how : mapping
        How each id that changed was recognised.
    unclear : mapping
        Ids of today that an earlier id may have become, where nothing tells which.
    """

    now: Mapping[str, str]
    how: Mapping[str, str]
    unclear: Mapping[str, tuple[str, ...]]

    def before(self) -> dict[str, list[str]]:
        """Return the earlier ids of each id of today that has some, in the order of the earlier file."""
        found: dict[str, list[str]] = {}
        for old, new in self.now.items():
            found.setdefault(new, []).append(old)
        return found


def succession(old: Records, new: Records, known: Mapping[str, str] | None = None) -> Succession:
    """Match earlier records to those of today.

    The same id is the same record. An id that is gone is recognised, in this order, by

    1. `known` successors (of named accounts, which are units too);
    2. an id of today that is it but for what spreadsheets and CRMs change, where that is one to one;
    3. the same name, segment and place: the only new record of these, else the only one that stays. Where several new
       ones share them it is unclear;
    4. of units: the same segment and place, where each side has only one there;
    5. of units: the area of the same segment that its middle lies in.
    """
    matching = _Matching(old, new)
    gone = set(matching.gone)
    matching.settle({a: b for a, b in (known or {}).items() if a in gone and b in new.at}, BY_ACCOUNT)
    matching.settle(_one_to_one(matching, *(_bare(records.ids) for records in (old, new))), BY_ID)
    by_name, unclear = _by_name(matching)
    matching.settle(by_name, BY_NAME)
    if old.of == UNIT:
        matching.settle(_by_place(matching), BY_PLACE)
        matching.settle(_by_area(matching), BY_AREA)
    now = {name: matching.now[name] for name in old.ids if name in matching.now}
    return Succession(now, matching.how, {a: b for a, b in unclear.items() if a not in matching.now})


class _Matching:
    """Earlier ids that are matched, and those that are gone and still open."""

    def __init__(self, old: Records, new: Records) -> None:
        self.old, self.new = old, new
        self.now = {name: name for name in old.ids if name in new.at}
        self.how: dict[str, str] = {}
        self.fresh = frozenset(name for name in new.ids if name not in old.at)

    @property
    def gone(self) -> list[str]:
        return [name for name in self.old.ids if name not in self.now]

    def settle(self, found: Mapping[str, str], how: str) -> None:
        self.now |= found
        self.how |= dict.fromkeys(found, how)


def _groups(ids: Iterable[str], records: Records, keys: Keys) -> dict[str, list[str]]:
    """Return the ids of each key."""
    found: dict[str, list[str]] = {}
    for name in ids:
        if key := keys[records.at[name]]:
            found.setdefault(key, []).append(name)
    return found


def _one_to_one(matching: _Matching, old_keys: Keys, new_keys: Keys) -> dict[str, str]:
    """Match ids that are gone to new ones where a key stands for one of each."""
    gone = _groups(matching.gone, matching.old, old_keys)
    fresh = _groups(sorted(matching.fresh), matching.new, new_keys)
    return {names[0]: fresh[key][0] for key, names in gone.items() if len(names) == 1 and len(fresh.get(key, ())) == 1}


def _by_name(matching: _Matching) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Match by name, segment and place; also return what several new records could be."""
    old, new = matching.old, matching.new
    here, there = _named(old), _named(new)
    fresh = _groups([name for name in new.ids if name in matching.fresh], new, there)
    staying = _groups([name for name in new.ids if name not in matching.fresh], new, there)
    found: dict[str, str] = {}
    unclear: dict[str, tuple[str, ...]] = {}
    for key, names in _groups(matching.gone, old, here).items():
        candidates = fresh.get(key) or staying.get(key) or []
        if len(candidates) == 1:
            found |= dict.fromkeys(names, candidates[0])
        elif candidates:
            unclear |= dict.fromkeys(names, tuple(candidates))
    return found, unclear


def _by_place(matching: _Matching) -> dict[str, str]:
    old, new = matching.old, matching.new
    alone: list[Callable[[str], bool]] = []
    for records in (old, new):
        groups = _groups(records.ids, records, _placed(records))
        alone.append({key for key, names in groups.items() if len(names) == 1}.__contains__)
    old_keys = [key if alone[0](key) and alone[1](key) else "" for key in _placed(old)]
    return _one_to_one(matching, old_keys, _placed(new))


def _by_area(matching: _Matching) -> dict[str, str]:
    old, new = matching.old, matching.new
    if new.shapes is None:
        return {}
    found: dict[str, str] = {}
    segment = np.array(new.segments, dtype=object)
    for name in dict.fromkeys(old.segments[old.at[gone]] for gone in matching.gone):
        gone = [one for one in matching.gone if old.segments[old.at[one]] == name]
        those = np.flatnonzero(segment == name)
        lonlat = old.lonlat[[old.at[one] for one in gone]]
        areas = np.array([_area(new.shapes[i]) for i in those], dtype=object)
        held = locate(lonlat[:, 0], lonlat[:, 1], areas)
        found |= {one: new.ids[those[i]] for one, i in zip(gone, held.tolist(), strict=True) if i != NOWHERE}
    return found


def _area(shape: object) -> object:
    return None if getattr(shape, "geom_type", "Point") == "Point" else shape


def _named(records: Records) -> Keys:
    """Return name, segment and place as one text; "" where the name says no more than the id, or the place nothing."""
    return [
        f"{plain(name)}\n{segment}\n{place}" if place and plain(name) and name != one else ""
        for one, name, segment, place in zip(records.ids, records.names, records.segments, records.places, strict=True)
    ]


def _placed(records: Records) -> Keys:
    return [
        f"{segment}\n{place}" if place else "" for segment, place in zip(records.segments, records.places, strict=True)
    ]


def _bare(ids: Iterable[str]) -> Keys:
    """Return ids without what spreadsheets and CRMs add or take away."""
    whole = [re.sub(r"(?<=[0-9])\.0+\Z", "", bare_id(name)) for name in ids]
    return [name.lstrip("0") if name.isdecimal() else name for name in whole]
