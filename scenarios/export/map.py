"""The map of a plan, and all its files with it."""

from geodata.draw.folium_map import draw_map
from scenarios.export.files import MAP, plan_files
from scenarios.export.geojson import plan_geojson
from scenarios.export.view import map_view
from scenarios.report.answer import Answer
from scenarios.report.model import Report


def map_html(answer: Answer, report: Report) -> bytes:
    """Return map.html."""
    return draw_map(map_view(plan_geojson(answer), report)).encode()


def with_map(answer: Answer, report: Report) -> dict[str, bytes]:
    """Return every file of a plan."""
    return {**plan_files(answer, report), MAP: map_html(answer, report)}
