"""Pictures of a plan."""

import io
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pyproj
import pytest
import shapely
from PIL import Image

from geodata.draw.fonts import without_glyph
from geodata.draw.picture import draw_picture
from geodata.draw.projection import flat_projection
from geodata.draw.sheet import DPI, HEIGHT_IN, WIDTH_IN, Format
from tests.geodata.draw_views import grid_view, with_units
from tests.geodata.test_draw_text import HOSTILE

STARTS: dict[Format, bytes] = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_view_gives_the_same_bytes(form: Format) -> None:
    """A picture can be compared and cached: no date, version or random id stands in it."""
    first, second = (draw_picture(grid_view(), form) for _ in range(2))
    assert first.startswith(STARTS[form])
    assert first == second


def test_a_slide_has_the_size_of_a_slide_and_the_territories_colours() -> None:
    """The picture is 16:9, and every territory's colour is on it."""
    image = Image.open(io.BytesIO(draw_picture(grid_view(), "png"))).convert("RGB")
    assert image.size == (round(WIDTH_IN * DPI), round(HEIGHT_IN * DPI))
    count, _ = max(image.getcolors(maxcolors=1_000_000))
    assert count < 0.9 * image.width * image.height
    left = image.crop((0, image.height // 5, image.width * 2 // 3, image.height * 9 // 10))
    large = [colour for count, colour in left.getcolors(maxcolors=1_000_000) if count > 5000]
    assert len(set(large) - {(255, 255, 255), (31, 42, 54)}) == 4


def test_no_name_is_read_as_mathematics_or_markup() -> None:
    """Dollar signs, braces and angle brackets are letters; the SVG stays well-formed."""
    view = grid_view(name=lambda text: text + "$\\frac{x$" + "".join(HOSTILE) + "$")
    tree = ElementTree.fromstring(draw_picture(view, "svg"))
    assert not [node for node in tree.iter() if node.tag.endswith("script")]


def test_points_bare_tables_and_long_titles_are_drawn() -> None:
    """A plan without polygons, without places or with a title of a page's length is a picture too."""
    view = grid_view()
    points = view.units.set_geometry(shapely.centroid(view.units.geometry.to_numpy()), crs=4326)
    assert draw_picture(with_units(replace(view, title="Very long " * 60), points), "png").startswith(STARTS["png"])
    bare = with_units(view, view.units.set_geometry(np.full(36, None), crs=4326))
    homeless = view.proposed.territories.assign(home_lon=np.nan, home_lat=np.nan)
    bare = replace(bare, proposed=replace(view.proposed, territories=homeless), today=None, bridges=())
    assert draw_picture(bare, "svg").startswith(STARTS["svg"])


@pytest.mark.parametrize("south", [-75.0, 0.0, 45.0, 70.0])
def test_equal_areas_on_the_ground_are_equal_on_paper(south: float) -> None:
    """A picture never makes the north look bigger than it is."""
    projection = flat_projection((10.0, south, 40.0, south + 10.0))
    for lat in (south, south + 9.0):
        lon, edge = np.linspace(20, 21, 200), np.full(200, lat)
        corners = np.column_stack([np.append(lon, lon[::-1]), np.append(edge, edge + 1.0)])
        flat = shapely.Polygon(np.column_stack(projection.transform(*corners.T)))
        ground = abs(pyproj.Geod(ellps="WGS84").polygon_area_perimeter(*corners.T)[0])
        assert flat.area == pytest.approx(ground, rel=2e-3)


def test_letters_that_would_be_boxes_are_known() -> None:
    """Accents and Greek come with the product; of other scripts it is known which letters no font here has."""
    assert without_glyph(["São Évreux Łódź Ąę", "Αθήνα Москва", "\U00013000 hieroglyph"]) == ["\U00013000"]
