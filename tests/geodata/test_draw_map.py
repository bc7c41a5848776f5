"""The HTML map as a file."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import shapely

from geodata.draw.folium_map import draw_map, draw_outlines
from geodata.draw.view import ViewError
from tests.geodata.draw_views import grid_view

PRINT_HASH = (
    "import hashlib; from geodata.draw.folium_map import draw_map; from tests.geodata.draw_views import grid_view;"
    "print(hashlib.sha256(draw_map(grid_view()).encode()).hexdigest())"
)


def test_another_process_writes_the_same_bytes() -> None:
    """The same plan gives the same file: no random ids, no order of sets."""
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    run = subprocess.run(
        [sys.executable, "-c", PRINT_HASH], env=environment, capture_output=True, check=True, text=True
    )
    assert run.stdout.strip() == hashlib.sha256(draw_map(grid_view()).encode()).hexdigest()


def test_nothing_in_the_file_is_loaded_from_elsewhere() -> None:
    """The map opens without a network: every script and style stands in the file."""
    page = draw_map(grid_view())
    assert not re.findall(r"""<(?:script|link|img|iframe)[^>]*\b(?:src|href)=""", page)
    assert all("url(" not in style for style in re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL))
    assert "unsafe" not in re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]


def test_the_page_names_its_language_and_title() -> None:
    """Screen readers and browser tabs know what they have."""
    page = draw_map(grid_view(name=lambda text: f"<{text}>"))
    assert '<html lang="en">' in page
    assert "<title>&#60;Grid plan&#62;</title>" in page


def test_outlines_alone_carry_no_unit() -> None:
    """The small map holds territories only."""
    page = draw_outlines(grid_view(name=lambda text: f"<{text}>"))
    assert "Quadrant 1" in page
    assert "Unit 7" not in page


def test_a_view_of_two_runs_is_refused() -> None:
    """A plan that names a territory the report lacks is no map."""
    view = grid_view()
    with pytest.raises(ViewError, match=r"'T9'.*Maybe"):
        replace(view, units=view.units.assign(territory="T9"))
    with pytest.raises(ViewError, match="amounts has"):
        replace(view, amounts=view.amounts.iloc[1:])


def test_units_of_any_sort_are_drawn() -> None:
    """Points, missing places and empty polygons make a map, not a traceback."""
    view = grid_view()
    geometry = np.array(view.units.geometry.to_numpy())
    geometry[0:9] = shapely.centroid(geometry[0:9])
    geometry[9] = None
    geometry[10] = shapely.Polygon()
    page = draw_map(replace(view, units=view.units.set_geometry(geometry, crs=4326)))
    assert '"unmapped":["009","010"]' in page


def test_bare_tables_are_drawn_as_a_list() -> None:
    """Without any place at all the territories and their figures are still shown."""
    view = grid_view()
    bare = view.units.set_geometry(np.full(36, None), crs=4326)
    homeless = view.proposed.territories.assign(home_lon=np.nan, home_lat=np.nan)
    page = draw_map(replace(view, units=bare, proposed=replace(view.proposed, territories=homeless), today=None))
    assert '"bounds":[-180,-60,180,75]' in page
