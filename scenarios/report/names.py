"""Units and territories as people call them: names with ids behind them."""

from collections.abc import Sequence

from optimizer.problem import WORKLOAD
from scenarios.case import Case
from scenarios.prepare.wording import named

NAMED = 5
"""Units or territories named in a sentence before "and n more"."""


def territories(case: Case, seats: Sequence[int]) -> list[str]:
    """Return the codes of seats, each with its rep's name where it has one."""
    return [_territory(case, seat) for seat in seats]


def units(case: Case, chosen: Sequence[int]) -> list[str]:
    """Return the names of units of the Problem with their ids, each once; of many the heaviest first."""
    rows = list(dict.fromkeys(case.row_of[list(chosen)].tolist()))
    if len(rows) > NAMED:
        rows.sort(key=lambda row: -case.amounts[WORKLOAD, row])
    found = case.units.iloc[rows]
    return [named(str(unit), str(name)) for unit, name in zip(found["unit"], found["name"], strict=True)]


def unit_ids(case: Case, chosen: Sequence[int]) -> list[str]:
    """Return the customer's ids of units of the Problem, each once, in their order."""
    return list(dict.fromkeys(case.units["unit"].iloc[case.row_of[list(chosen)]].astype(str).tolist()))


def some_of(one: str, many: str, names: Sequence[str]) -> str:
    """Return the first few names after what they are: "units a, b and 7 more"; nothing for none."""
    if not names:
        return ""
    shown = ", ".join(names[:NAMED])
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{one if len(names) == 1 else many} {shown}{rest}"


def _territory(case: Case, seat: int) -> str:
    code, rep = case.seats[seat].code, case.seats[seat].rep
    return code if rep is None or case.reps[rep].name in ("", code) else f"{code} ({case.reps[rep].name})"
