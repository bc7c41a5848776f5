"""The plan as one HTML file that needs no network: Folium's map with our own page around it."""

from geodata.draw.assets_text import asset, leaflet, leaflet_style
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
    page.header.add_child(Verbatim("leaflet_style", f"<style>{leaflet_style()}</style>"))
    page.header.add_child(Verbatim("style", f"<style>{''.join(map(asset, STYLES))}</style>"))
    page.header.add_child(Verbatim("leaflet", f"<script>{leaflet('leaflet.js')}</script>"))
    page.html.add_child(Verbatim("skeleton", asset("page.html")))
    page.html.add_child(Verbatim("data", f'<script type="application/json" id="plan-data">{data}</script>'))
    page.add_child(PlanMap((south + north) / 2, (west + east) / 2))
    html: str = page.render()
    return html


def _script() -> str:
    """Return our own script: one function around all files, so that nothing leaks into the page."""
    return '(() => {\n"use strict";\n' + "\n".join(map(asset, SCRIPTS)) + "\n})();"
