"""The plan as one HTML file that needs no network: Folium's map with our own page around it."""

import re
from importlib.resources import files

from geodata.draw.folium_page import PlanMap, PlanPage, Verbatim
from geodata.draw.payload import payload
from geodata.draw.scene import bounds, scene
from geodata.draw.text import inert, script_json
from geodata.draw.view import MapView

STYLES = ("page.css", "panel.css")
SCRIPTS = ("decode.js", "theme.js", "layers.js", "marks.js", "panel.js", "card.js", "search.js", "start.js")


def draw_map(view: MapView) -> str:
    """Return a self-contained HTML page with every unit; the same view gives the same text."""
    return _draw(view, with_cells=True)


def draw_outlines(view: MapView) -> str:
    """Return the page with the territories' outlines only: small enough to mail."""
    return _draw(view, with_cells=False)


def _draw(view: MapView, *, with_cells: bool) -> str:
    drawn = scene(view)
    west, south, east, north = bounds(drawn)
    data = script_json(payload(drawn, with_cells=with_cells))
    page = PlanPage(inert(view.title), _script())
    page.header.add_child(Verbatim("leaflet_style", f"<style>{_leaflet_style()}</style>"))
    page.header.add_child(Verbatim("style", f"<style>{''.join(map(_asset, STYLES))}</style>"))
    page.header.add_child(Verbatim("leaflet", f"<script>{_leaflet('leaflet.js')}</script>"))
    page.html.add_child(Verbatim("skeleton", _asset("page.html")))
    page.html.add_child(Verbatim("data", f'<script type="application/json" id="plan-data">{data}</script>'))
    page.add_child(PlanMap((south + north) / 2, (west + east) / 2))
    html: str = page.render()
    return html


def _script() -> str:
    """Return our own script: one function around all files, so that nothing leaks into the page."""
    return '(() => {\n"use strict";\n' + "\n".join(map(_asset, SCRIPTS)) + "\n})();"


def _asset(name: str) -> str:
    return (files("geodata.draw") / "assets" / name).read_text(encoding="utf-8")


def _leaflet(name: str) -> str:
    text: str = (files("xstatic.pkg.leaflet") / "data" / name).read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=.*", "", text)


def _leaflet_style() -> str:
    """Return Leaflet's style without the pictures of controls that are not used here."""
    return re.sub(r"url\([^)]*\)", "none", _leaflet("leaflet.css"))
