import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.findings import InputError
from geodata.layers.layers import Layer, read_layer
from geodata.neighbours import polygon_links

SQUARES: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 40]},
    "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "01", "arcs": [[0, 1]], "properties": {"calls": 7}},
                {"type": "MultiPolygon", "id": "02", "arcs": [[[2, -1]]]},
                {"type": "Point", "id": "03", "coordinates": [1, 1]},
            ],
        }
    },
}


def _read(tmp_path: Path, document: dict[str, Any], name: str = "a.topojson") -> Layer:
    (tmp_path / name).write_text(json.dumps(document))
    return read_layer(tmp_path / name, name)


@pytest.mark.parametrize("name", ["a.topojson", "a.json"])
def test_arcs_become_polygons_that_share_borders(tmp_path: Path, name: str) -> None:
    """Polygons put together from arcs are neighbours, in their place, with their ids."""
    layer = _read(tmp_path, SQUARES, name)
    assert layer.frame["id"].tolist() == ["01", "02", "03"] and layer.frame["calls"].tolist() == ["7", "", ""]
    assert layer.frame.geometry.bounds.iloc[:2].to_numpy().tolist() == [[10, 40, 11, 41], [11, 40, 12, 41]]
    assert (layer.frame.geometry.iloc[2].x, layer.frame.geometry.iloc[2].y) == (10.5, 40.5)
    assert len(polygon_links(layer.frame.geometry.to_numpy(), "rook").a) == 1 and not layer.findings


def test_arcs_without_a_transform_are_plain_coordinates(tmp_path: Path) -> None:
    """A topology that was not quantised is read as it stands."""
    arcs = [(np.cumsum(arc, axis=0) * 0.5 + [10, 40]).tolist() for arc in SQUARES["arcs"]]
    plain = {key: value for key, value in SQUARES.items() if key != "transform"} | {"arcs": arcs}
    found = _read(tmp_path, plain).frame.geometry[:2]
    assert found.geom_equals(_read(tmp_path, SQUARES, "b.json").frame.geometry[:2]).all()


def test_a_small_file_cannot_unfold_to_a_huge_map(tmp_path: Path) -> None:
    """A long arc that is named a million times is refused before memory is gone."""
    arc = [[float(i), 0.0] for i in range(10_000)] + [[0.0, 0.0]]
    shapes = [{"type": "Polygon", "arcs": [[0] * 100]}] * 100
    bomb = {"type": "Topology", "arcs": [arc], "objects": {"a": {"type": "GeometryCollection", "geometries": shapes}}}
    findings = _read(tmp_path, bomb).findings
    assert {finding.code for finding in findings} == {"bad-geometry"}


def test_other_objects_are_named(tmp_path: Path) -> None:
    """A topology of several layers says which one was read."""
    areas = SQUARES["objects"]["areas"]
    (finding,) = _read(tmp_path, {**SQUARES, "objects": {"areas": areas, "states": areas}}).findings
    assert (finding.code, finding.value) == ("several-layers", "areas") and "states" in finding.hint


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "Polygon", "arcs": [[0, 7]]}, "bad-geometry"),
        ({"type": "Polygon", "arcs": [[0]]}, "bad-geometry"),
        ({"type": "Polygon", "arcs": [["0", 1]]}, "bad-geometry"),
        ({"type": "Polygon", "arcs": [[0.5, 1]]}, "bad-geometry"),
        ({"type": "Polygon", "arcs": [[]]}, "bad-geometry"),
        ({"type": "Polygon", "arcs": 0}, "bad-geometry"),
        ({"type": "Sphere"}, "bad-geometry"),
        ({"type": None}, "no-geometry"),
        ({"type": "Polygon", "arcs": []}, "no-geometry"),
        (7, "not-geojson"),
    ],
)
def test_wrong_geometries_are_findings_with_their_number(tmp_path: Path, geometry: Any, code: str) -> None:
    """One bad geometry neither hides the others nor passes."""
    document = json.loads(json.dumps(SQUARES))
    document["objects"]["areas"]["geometries"][1] = geometry
    assert [(finding.code, finding.row) for finding in _read(tmp_path, document).findings] == [(code, 2)]


@pytest.mark.parametrize(
    "change",
    [
        {"arcs": None},
        {"arcs": [[["0", 0]]]},
        {"objects": {}},
        {"objects": {"areas": 1}},
        {"transform": 1},
        {"transform": {"scale": [1, 1]}},
        {"transform": {"scale": [1e999, 1], "translate": [0, 0]}},
    ],
)
def test_broken_topologies_are_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    """A topology of which nothing can be put together is one error."""
    with pytest.raises(InputError) as caught:
        _read(tmp_path, SQUARES | change)
    assert [finding.code for finding in caught.value.findings] == ["not-geojson"]
