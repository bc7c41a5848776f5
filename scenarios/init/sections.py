"""The sections of a guessed scenario: which column plays which part."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geodata.findings import Finding, InputError, Level
from scenarios.init.columns import Profile, Test, is_amount, is_degrees, is_id, likely, overlap, recognised
from scenarios.init.files import GivenFile
from scenarios.init.text import Path
from scenarios.near_names import maybe, plain
from scenarios.tables.damaged_ids import digits_offered

UNIT_ID = ("id", "unit", "fips", "geoid", "zip", "zip code", "postal code", "postcode", "plz", "tract", "code", "key")
ACCOUNT_ID = ("id", "account id", "account", "customer id", "customer no", "number")
REP_ID = ("id", "rep", "rep id", "employee no", "employee id", "employee number", "user id")
NAME = ("name", "county", "city", "town", "label")
OWNER = ("owner", "owner id", "rep", "rep id", "current", "sales rep", "assigned", "seller")
WORKLOAD = ("workload", "hours", "time", "effort", "calls", "visits", "customers", "population")
POTENTIAL = ("potential", "revenue", "sales", "value", "turnover", "spend", "amount", "income")
BUNDLED = {"us-counties": ("fips", "geoid", "county"), "us-zips": ("zip", "zip code", "postal code", "zcta")}
POSTAL = ("postal code", "zip", "zip code", "postcode", "plz", "county", "fips")
LAT, LON = ("lat", "latitude"), ("lon", "lng", "long", "longitude")


CHECK = "please check: "
"""How the reason of a doubtful choice begins."""


@dataclass(frozen=True)
class Choice:
    """A field of the scenario, what was chosen for it, and why."""

    path: Path
    value: Any
    why: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it before it is relied on."""
        return self.why.startswith(CHECK)


@dataclass
class Chooser:
    """Chooses columns one after the other, none twice; what somebody mapped by hand goes first.

    Attributes
    ----------
    mapped : mapping
        Column by dotted field, e.g. {"units.id": "GEOID"}.
    choices : list of Choice
        What was chosen so far.
    """

    mapped: Mapping[str, str]
    choices: list[Choice] = field(default_factory=list)
    taken: set[Profile] = field(default_factory=set)

    def put(self, path: Path, value: Any, why: str = "") -> None:
        """Set a field."""
        self.choices.append(Choice(path, value, why))

    def file(self, section: str, file: GivenFile) -> None:
        """Set the file of a section, and its sheet where it has several."""
        self.put((section, "file"), file.label)
        if file.sheet is not None:
            self.put((section, "sheet"), file.sheet, "the sheet with most in it")

    def column(self, path: Path, file: GivenFile, hints: Iterable[str], test: Test) -> Profile | None:
        """Choose the column for a field and set it; None, and nothing set, where no column will do."""
        by_hand = self.mapped.get(".".join(path))
        free = [column for column in file.columns if column not in self.taken]
        found = likely(free, hints, test) if by_hand is None else _named(by_hand, file, ".".join(path))
        if found is not None:
            self.taken.add(found)
            self.put(path, found.name, "as you said" if by_hand else _examples(found))
        return found

    def check_mapped(self) -> None:
        """Raise InputError where something was mapped by hand that was never asked for."""
        asked = [".".join(choice.path) for choice in self.choices]
        unknown = [name for name in self.mapped if name not in asked]
        if unknown:
            raise InputError(
                Finding(
                    Level.ERROR,
                    "unknown-field",
                    f"{name} cannot be mapped.",
                    maybe(name, asked),
                    field=name,
                    value=name,
                )
                for name in unknown
            )


def _examples(column: Profile) -> str:
    texts = [text[:20] for text in dict.fromkeys(column.cells) if text]
    return f"e.g. {' | '.join(texts[:3])}"


def _named(name: str, file: GivenFile, field_name: str) -> Profile:
    for column in file.columns:
        if column.name == name:
            return column
    message = f"{file.label} has no column {name}; the mapping of {field_name} asks for it."
    hint = maybe(name, [column.name for column in file.columns])
    raise InputError([Finding(Level.ERROR, "unknown-column", message, hint, file=file.label, value=name)])


def need_id(chooser: Chooser, path: Path, file: GivenFile, hints: Iterable[str]) -> Profile:
    """Choose the id column: the likely one among those without blanks and repetitions, else the first of them."""
    found = chooser.column(path, file, hints, is_id) or chooser.column(path, file, hints, _is_nearly_id)
    if found is not None:
        return found
    first = next((column for column in file.columns if is_id(column)), None)
    if first is None:
        message = f"No column of {file.label} can be an id: each has blanks or repetitions."
        hint = f"Maybe name one by hand: {'.'.join(path)}."
        raise InputError([Finding(Level.ERROR, "no-id-column", message, hint, file=file.label)])
    chooser.taken.add(first)
    chooser.put(path, first.name, f"{CHECK}the first column without blanks and repetitions")
    return first


def _is_nearly_id(column: Profile) -> bool:
    return len(column.values) >= 0.9 * len(column.cells)


def choose_units(chooser: Chooser, units: GivenFile, geography: GivenFile | None, rep_ids: frozenset[str]) -> None:
    """Choose the section `units`."""
    chooser.file("units", units)
    ids = need_id(chooser, ("units", "id"), units, UNIT_ID)
    digits = digits_offered(ids.cells, ids.name) if geography is None else None
    if digits is not None:
        chooser.put(
            ("units", "digits"), digits, "a spreadsheet seems to have changed them; leave out if they are right"
        )
    chooser.column(("units", "name"), units, NAME, lambda column: column.numbers is None)
    chooser.column(("units", "segment"), units, ("segment", "market"), _few_values)
    choose_owner(chooser, ("units", "current"), units, rep_ids)
    chooser.column(("units", "tenure"), units, ("tenure",), lambda column: column.numbers is not None)
    if geography is not None:
        _choose_geography(chooser, units, geography, ids)
    elif not units.is_map:
        _choose_places(chooser, units, ids)


def choose_owner(chooser: Chooser, path: Path, file: GivenFile, rep_ids: frozenset[str]) -> None:
    """Choose the column with today's reps: its values are mostly those of the list of reps, where there is one."""
    chooser.column(path, file, OWNER, lambda column: not rep_ids or recognised(column, rep_ids) >= 0.5)


def _choose_geography(chooser: Chooser, units: GivenFile, geography: GivenFile, ids: Profile) -> None:
    """Join the units to a map by the two columns that share most values."""
    pairs = [
        (overlap(here, there.values), here, there)
        for here in (ids, *(column for column in units.columns if column is not ids))
        for there in geography.columns
        if is_id(there)
    ]
    share, here, there = max(pairs, key=lambda pair: pair[0], default=(0.0, ids, ids))
    if share < 0.5:
        message = f"No column of {units.label} names the features of {geography.label}."
        hint = "Maybe ids lost their leading zeros in one of the two."
        raise InputError([Finding(Level.ERROR, "no-common-key", message, hint, file=geography.label)])
    chooser.put(("units", "geography", "file"), geography.label)
    chooser.put(("units", "geography", "id"), there.name)
    chooser.put(("units", "geography", "key"), here.name, f"{100 * share:.0f} % of its values are on the map")


def _choose_places(chooser: Chooser, units: GivenFile, ids: Profile) -> None:
    """Choose the columns with coordinates, or a bundled geography that a column with five digits names."""
    lat = chooser.column(("units", "lat"), units, LAT, is_degrees(90))
    lon = chooser.column(("units", "lon"), units, LON, is_degrees(180))
    if lat is not None and lon is not None:
        return
    for name, hints in BUNDLED.items():
        key = likely([ids, *units.columns], hints, _is_code)
        if key is not None:
            chooser.put(("units", "geography", "bundled"), name)
            chooser.put(("units", "geography", "key"), key.name, _examples(key))
            return
    message = f"{units.label} has no columns with latitude and longitude, and no map was given."
    hint = "Maybe add a map file with the shapes of the units."
    raise InputError([Finding(Level.ERROR, "no-places", message, hint, file=units.label)])


def _is_code(column: Profile) -> bool:
    """Return whether all are codes of five digits, some of which may have lost leading zeros or become decimals."""
    longest = max((len(value.partition(".")[0]) for value in column.values), default=0)
    return longest == 5 and all(re.fullmatch(r"[0-9]{3,5}(\.0+)?", value) for value in column.values)


def _few_values(column: Profile) -> bool:
    return 1 < len(column.values) <= 30 and column.numbers is None


def choose_measures(chooser: Chooser, file: GivenFile) -> Profile:
    """Choose the measures; return the column of the workload."""
    workload = chooser.column(("measures", "workload", "column"), file, WORKLOAD, is_amount)
    potential = chooser.column(("measures", "potential", "column"), file, POTENTIAL, is_amount)
    if workload is None:
        rest = [column for column in file.columns if column not in chooser.taken and is_amount(column)]
        workload = rest[0] if rest else potential
        if workload is None:
            message = f"{file.label} has no column of amounts at or above 0."
            hint = "Maybe add a column with the hours each unit takes in a year."
            raise InputError([Finding(Level.ERROR, "no-measure", message, hint, file=file.label)])
        chooser.put(("measures", "workload", "column"), workload.name, f"{CHECK}the only amounts there are")
    chooser.put(("measures", "workload", "aim"), 0.05, "within 5 % of the target is as good as on it")
    if potential is not None:
        chooser.put(("measures", "potential", "aim"), 0.1)
    return workload


def choose_skills(chooser: Chooser, units: GivenFile, reps: GivenFile) -> None:
    """Choose the first free column of the units all of whose values are skills of the reps."""
    skills = {plain(column.name) for column in reps.columns if _is_fit(column)}
    for column in units.columns:
        free = column not in chooser.taken or _is_segment(chooser, column)
        if free and _few_values(column) and {plain(value) for value in column.values} <= skills:
            chooser.put(("skills",), [{"column": column.name}], "its values are columns of the reps, with fits of 0..1")
            return


def _is_fit(column: Profile) -> bool:
    return is_degrees(1)(column) and bool((column.numbers >= 0).all()) if column.numbers is not None else False


def _is_segment(chooser: Chooser, column: Profile) -> bool:
    return Choice(("units", "segment"), column.name) in [Choice(c.path, c.value) for c in chooser.choices]


def nested(choices: Sequence[Choice]) -> dict[str, Any]:
    """Return the document that the choices make."""
    document: dict[str, Any] = {}
    for choice in choices:
        part = document
        for name in choice.path[:-1]:
            part = part.setdefault(name, {})
        part[choice.path[-1]] = choice.value
    return document
