"""Everything that is known of a plan, into a folder."""

from pathlib import Path

from geodata.draw.folium_map import draw_map
from scenarios.export.files import ALL, MAP, plan_files
from scenarios.export.folder import write_files
from scenarios.export.geojson import plan_geojson
from scenarios.export.view import map_view
from scenarios.report.answer import Answer
from scenarios.report.model import Report


def write_plan(out: Path, answer: Answer, report: Report, *, draws_map: bool) -> list[str]:
    """Write every file of a plan, remove those of an earlier plan, and return the names."""
    files = plan_files(answer, report)
    if draws_map:
        files[MAP] = draw_map(map_view(plan_geojson(answer), report)).encode()
    names = [name for name in ALL if name in files]
    write_files(out, {name: files[name] for name in names}, obsolete=[name for name in ALL if name not in files])
    return names
