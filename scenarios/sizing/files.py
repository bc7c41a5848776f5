"""The headcount curve as files."""

from geodata.draw.curve import Curve, draw_curve
from geodata.draw.sheet import Format
from scenarios.export.tables import Cell, Rows
from scenarios.export.text import csv_bytes, json_bytes
from scenarios.sizing.model import SizePoint, Sizing
from scenarios.sizing.words import sizing_story

JSON, CSV = "size.json", "size.csv"
PICTURES: dict[str, Format] = {"size.png": "png", "size.svg": "svg"}


def size_files(sizing: Sizing) -> dict[str, bytes]:
    """Return size.json, size.csv and the curve as size.png and size.svg."""
    pictures = {name: draw_curve(_curve(sizing), form) for name, form in PICTURES.items()}
    return {JSON: json_bytes(sizing.model_dump(mode="json")), CSV: csv_bytes(size_rows(sizing)), **pictures}


def size_rows(sizing: Sizing) -> Rows:
    """Return one row a point."""
    columns = tuple(SizePoint.model_fields)
    return Rows(columns, tuple(tuple(_cell(getattr(point, name)) for name in columns) for point in sizing.points))


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return "; ".join(value)
    return value if value is None or isinstance(value, int | float | bool) else str(value)


def _curve(sizing: Sizing) -> Curve:
    points, modelled = sizing.points, ", modelled" if sizing.label == "modelled" else ""
    unit = f"index, today's gross response = 100{modelled}" if sizing.unit == "index" else f"{sizing.unit}{modelled}"
    return Curve(
        title=f"{sizing.name}: how many reps",
        story=sizing_story(sizing),
        across="reps (vacant and planned seats among them)",
        along=f"contribution in the first year ({unit})",
        x=[point.reps for point in points],
        y=[point.contribution for point in points],
        most=[point.bound for point in points],
        flat=(min(sizing.flat), max(sizing.flat)) if len(sizing.flat) > 1 else None,
        today=sizing.today,
        best=sizing.best,
        open_at=[point.reps for point in points if point.broken],
    )
