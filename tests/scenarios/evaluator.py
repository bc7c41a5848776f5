"""Our own reading of a plan: every figure from plan.csv and the inputs, sharing no code with the product."""

import csv
import json
import math
from pathlib import Path
from typing import Any

RADIUS_KM = 6371.0088


def evaluate(inputs: Path, plan: Path) -> dict[str, Any]:
    """Return goals, value and figures by territory of a plan of the grid country."""
    with plan.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    counties = {f["properties"]["fips"]: f for f in json.loads((inputs / "counties.geojson").read_text())["features"]}
    with (inputs / "reps.csv").open(encoding="utf-8", newline="") as file:
        reps = {rep["id"]: rep for rep in csv.DictReader(file) if rep["status"] != "leaving"}
    capacity = sum(float(rep["capacity"]) for rep in reps.values())
    held = [_holding(row, counties[row["unit"]], reps[row["rep"]]) for row in rows]
    total = {name: sum(h[name] for h in held) for name in ("workload", "potential")}
    territories = {}
    for rep_id, rep in reps.items():
        own = [h for h in held if h["rep"] == rep_id]
        shares = float(rep["capacity"]) / capacity
        territories[rep_id] = {
            "units": len({h["unit"] for h in own}),
            "load": {name: sum(h[name] for h in own) for name in total},
            "index": {name: 100 * sum(h[name] for h in own) / (shares * total[name]) for name in total},
            "mean_km": _mean(own, "km", "workload"),
            "max_km": max(h["km"] for h in own),
            "fit": _mean(own, "fit", "potential"),
        }
    away = [
        max(0.0, abs(t["index"][name] - 100) - aim)
        for t in territories.values()
        for name, aim in (("workload", 2), ("potential", 0))
    ]
    goals = {
        "travel": _mean(held, "km", "workload"),
        "fit": 100 * (1 - _mean(held, "fit", "potential")),
        "balance": sum(away) / len(away),
        "disruption": 100 * sum(h["potential"] for h in held if h["moved"]) / total["potential"],
    }
    return {"goals": goals, "value": sum(goals.values()), "territories": territories}


def _holding(row: dict[str, str], county: dict[str, Any], rep: dict[str, str]) -> dict[str, Any]:
    properties, share = county["properties"], float(row["share"])
    ring = county["geometry"]["coordinates"][0]
    lon = (ring[0][0] + ring[2][0]) / 2
    lat = math.degrees(math.asin((math.sin(math.radians(ring[0][1])) + math.sin(math.radians(ring[2][1]))) / 2))
    return {
        "unit": row["unit"],
        "rep": row["rep"],
        "workload": properties["hours"] * share,
        "potential": properties["revenue"] * share,
        "km": _km(lat, lon, float(rep["lat"]), float(rep["lon"])),
        "fit": float(rep[properties["industry"]]),
        "moved": properties["owner"] not in ("", row["rep"]),
    }


def _mean(held: list[dict[str, Any]], figure: str, weight: str) -> float:
    return float(sum(h[figure] * h[weight] for h in held) / sum(h[weight] for h in held))


def _km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    a, b, d = math.radians(lat_a), math.radians(lat_b), math.radians(lon_b - lon_a)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(d / 2) ** 2
    return 2 * RADIUS_KM * math.asin(math.sqrt(h))
