"""Every further form a written plan can take: pictures, a map book, an outline map and map layers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd

from geodata.draw.book import draw_book
from geodata.draw.folium_map import draw_outlines
from geodata.draw.fonts import without_glyph
from geodata.draw.picture import draw_picture
from geodata.draw.view import MapView
from geodata.findings import Finding, Level
from geodata.writers.writers import write_layer
from scenarios.export.files import GEOJSON
from scenarios.export.folder import write_files
from scenarios.export.stored import stored_document, stored_report, stored_view
from scenarios.report.model import Report

Draw = Callable[[MapView], bytes]

DRAWINGS: dict[str, tuple[str, Draw]] = {
    "png": ("plan.png", lambda view: draw_picture(view, "png")),
    "svg": ("plan.svg", lambda view: draw_picture(view, "svg")),
    "pdf": ("plan.pdf", lambda view: draw_picture(view, "pdf")),
    "book": ("book.pdf", draw_book),
    "outlines": ("outlines.html", lambda view: draw_outlines(view).encode()),
}
"""What is drawn: file name and artist."""
PICTURES = ("png", "svg", "pdf", "book")
"""What is drawn with the fonts of this machine; maps use those of whoever opens them."""
LAYERS: dict[str, str] = {
    "gpkg": "plan.gpkg",
    "shp": "plan.zip",
    "kml": "plan.kml",
    "fgb": "plan.fgb",
    "parquet": "plan.parquet",
}
"""What is written as a map layer: file name, its ending names the format."""
FORMS = (*DRAWINGS, *LAYERS)
"""Every form, by the word that asks for it."""


def write_forms(folder: Path, forms: list[str]) -> tuple[list[str], tuple[Finding, ...]]:
    """Write a folder's plan in further forms.

    Parameters
    ----------
    folder : Path
        What solve or score wrote.
    forms : list of str
        Words of `FORMS`.

    Returns
    -------
    tuple
        Names of the files written, and what a format could not hold as it was.

    Raises
    ------
    InputError
        Where the folder's files are missing, damaged or cannot be written beside.
    """
    names: list[str] = []
    pictures: list[str] = []
    findings: list[Finding] = []
    view = dated(stored_view(folder), stored_report(folder))
    for form in dict.fromkeys(forms):
        if form in DRAWINGS:
            name, draw = DRAWINGS[form]
            pictures += [name] if form in PICTURES else []
            write_files(folder, {name: draw(view)})
        else:
            name = LAYERS[form]
            findings += write_layer(_layer(folder), folder / name)
        names.append(name)
    findings += _boxes(view, pictures[0]) if pictures else ()
    return names, tuple(findings)


def _boxes(view: MapView, name: str) -> Iterator[Finding]:
    """Yield a warning where letters of the plan are in no font here."""
    columns = (view.units["name"], view.units["unit"], *(view.proposed.territories[key] for key in ("name", "rep")))
    letters = without_glyph([view.title, *(text for column in columns for text in column.unique())])
    if letters:
        shown = " ".join(letters[:8])
        message = f"{len(letters)} letters are in no font of this machine and became boxes in pictures: {shown}."
        hint = "Maybe install a font that has them, such as Noto Sans CJK, or send the map, which needs none."
        yield Finding(Level.WARNING, "missing-letters", message, hint, name, value=shown)


def dated(view: MapView, report: Report) -> MapView:
    """Return the view with the day the plan was made, which may not stand in files that must not change."""
    return replace(view, date=f"made on {report.timing.started.date().isoformat()}")


def _layer(folder: Path) -> gpd.GeoDataFrame:
    """Return plan.geojson as a table of plain columns, one row a unit and rep."""
    return gpd.GeoDataFrame.from_features(stored_document(folder, GEOJSON)["features"], crs="EPSG:4326")
