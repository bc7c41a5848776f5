"""The bundled samples are what their pages promise."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from scenarios.reading.source import read

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "scenarios" / "samples"
TEXAS = SAMPLES / "texas"


@pytest.mark.parametrize("scenario", sorted(SAMPLES.glob("*/scenario.yaml")), ids=lambda path: path.parent.name)
def test_every_sample_is_a_scenario_without_doubts(scenario: Path) -> None:
    """A newcomer who copies a sample starts from a document that is read without a finding."""
    assert not read(scenario).findings


def test_bundled_data_stays_small() -> None:
    """An installation carries at most 5 MB of samples and geographies."""
    files = [*SAMPLES.rglob("*"), *(ROOT / "geodata" / "bundled").iterdir()]
    assert sum(path.stat().st_size for path in files if path.is_file()) < 5_000_000


def test_in_texas_the_nearest_rep_is_often_not_the_best() -> None:
    """Skills matter in the sample: in a tenth of the counties at least, another rep fits better than the nearest."""
    features = json.loads((TEXAS / "counties.geojson").read_text(encoding="utf-8"))["features"]
    reps = list(csv.DictReader((TEXAS / "reps.csv").read_text(encoding="utf-8").splitlines()))
    homes = np.radians([[float(rep["lat"]), float(rep["lon"])] for rep in reps])
    better = 0
    for feature in features:
        ring = feature["geometry"]["coordinates"]
        while not isinstance(ring[0][0], float):
            ring = ring[0]
        lon, lat = np.radians(np.mean(ring, axis=0))
        away = (homes[:, 0] - lat) ** 2 + (np.cos(lat) * (homes[:, 1] - lon)) ** 2
        fit = [float(rep[feature["properties"]["industry"]]) for rep in reps]
        better += max(fit) > fit[int(away.argmin())]
    assert len(features) == 254
    assert better >= len(features) / 10


def test_harris_county_outweighs_three_territories() -> None:
    """The sample shows what a unit that must be split looks like."""
    features = json.loads((TEXAS / "counties.geojson").read_text(encoding="utf-8"))["features"]
    hours = {feature["properties"]["fips"]: feature["properties"]["hours"] for feature in features}
    assert 3.0 < 20 * hours["48201"] / sum(hours.values()) < 3.6
