"""Our own reading of a comparison: shifts and figures from plan.csv files alone, sharing no code with the product."""

import csv
from pathlib import Path
from typing import Any

ROW = list[dict[str, str]]


def rows_of(folder: Path) -> ROW:
    """Return the rows of a folder's plan.csv."""
    with (folder / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def shares(rows: ROW, column: str) -> dict[str, dict[str, float]]:
    """Return how much of each unit everybody has: of the plan (`rep`) or today (`current_rep`)."""
    out: dict[str, dict[str, float]] = {}
    for row in rows:
        held = out.setdefault(row["unit"], {})
        held[row[column]] = held.get(row[column], 0.0) + float(row["share"])
    return out


def shift(before: dict[str, dict[str, float]], after: dict[str, dict[str, float]], rows: ROW, staying: set[str]) -> Any:
    """Return counts, gains and losses of a shift; `rows` hold the amounts of the plan after."""
    amount = {name: dict.fromkeys(after, 0.0) for name in ("workload", "potential")}
    for row in rows:
        for name, of_unit in amount.items():
            of_unit[row["unit"]] += float(row[name])
    gained: dict[str, dict[str, float]] = {}
    lost: dict[str, dict[str, float]] = {}
    left = {"avoidable": set[str](), "unavoidable": set[str]()}
    new = set()
    moved = dict.fromkeys(amount, 0.0)
    for unit, held in after.items():
        for rep in {*held, *before[unit]}:
            change = held.get(rep, 0.0) - before[unit].get(rep, 0.0)
            if abs(change) < 1e-9:
                continue
            side = gained if change > 0 else lost
            sums = side.setdefault(rep, {"units": 0.0, "workload": 0.0, "potential": 0.0})
            sums["units"] += 1
            for name in amount:
                sums[name] += abs(change) * amount[name][unit]
            if change < 0 and rep == "":
                new.add(unit)
            elif change < 0:
                left["avoidable" if rep in staying else "unavoidable"].add(unit)
                for name in amount:
                    moved[name] -= change * amount[name][unit]
    gone = left["avoidable"] | left["unavoidable"]
    return {
        "moved_units": len(gone),
        "avoidable_units": len(left["avoidable"]),
        "unavoidable_units": len(gone - left["avoidable"]),
        "new_units": len(new - gone),
        "moved_percent": {name: 100 * moved[name] / sum(of_unit.values()) for name, of_unit in amount.items()},
        "people": len({rep for rep in {*gained, *lost} if rep}),
        "gained": gained,
        "lost": lost,
    }


def figures(folder: Path) -> dict[str, float]:
    """Return figures of territories.csv weighed together."""
    with (folder / "territories.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    work = [float(row["workload_load"]) for row in rows]
    misses = [abs(float(row["potential_index"]) - 100) for row in rows]
    return {
        "mean_km": sum(load * float(row["mean_km"]) for load, row in zip(work, rows, strict=True)) / sum(work),
        "workload_total": sum(work),
        "potential_spread": sum(misses) / len(misses),
        "workload_highest": max(float(row["workload_index"]) for row in rows),
        "territories": float(len(rows)),
    }
