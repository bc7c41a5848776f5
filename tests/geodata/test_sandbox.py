import http.server
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.findings import InputError
from geodata.layers.layers import read_layer
from geodata.layers.sandbox import DRIVERS, Limits, environment, read_stranger

SECRET = "the name of a secret place"


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and every request that reached it."""
    heard: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


def _frame() -> gpd.GeoDataFrame:
    shapes = [shapely.box(0, 40, 1, 41), None, shapely.box(1, 40, 2, 41)]
    return gpd.GeoDataFrame({"zip": ["00501", "01002", "1E+05"], "calls": [1, 2, 3]}, geometry=shapes, crs=4326)


def _zip(**entries: bytes | str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def _vrt(source: str) -> str:
    return f"""<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{source}</SrcDataSource>
        <SrcLayer>secret</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"""


def _attacks(secret: Path, address: str) -> dict[str, bytes]:
    wfs = f"<OGRWFSDataSource><URL>{address}/wfs?SERVICE=WFS</URL></OGRWFSDataSource>"
    virtual = _vrt(str(secret))
    link = {"type": "link", "properties": {"href": f"{address}/crs", "type": "ogcwkt"}}
    linked = json.dumps({"type": "FeatureCollection", "crs": link, "features": []})
    inside = _zip(a__shp=virtual, a__shx=virtual, a__dbf=virtual)
    attacks = {
        f"{name}{ending}": text.encode()
        for name, text in (("vrt", virtual), ("wfs", wfs), ("remote", _vrt(f"/vsicurl/{address}/a.geojson")))
        for ending in (".geojson", ".gpkg", ".fgb", ".shp", ".parquet", ".kml", ".zip", ".vrt", ".xml", "")
    }
    entity = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{secret.as_uri()}">]><kml><name>&x;</name></kml>'
    network = f"<kml><NetworkLink><Link><href>{address}/more.kml</href></Link></NetworkLink></kml>"
    return {
        **attacks,
        "link.geojson": linked.encode(),
        "inside.zip": inside,
        "inside.kmz": _zip(doc__kml=virtual),
        "entity.kmz": _zip(doc__kml=entity),
        "network.kml": network.encode(),
        f"/vsicurl/{address}/a.geojson": b"",
        f"{address}/a.gpkg": b"",
        "../../up.geojson": virtual.encode(),
    }


def test_no_attack_reads_another_file_or_reaches_the_network(tmp_path: Path, outside: tuple[str, list[str]]) -> None:
    """Every known way to make a map reader open other files or addresses ends in an error that shows nothing."""
    address, heard = outside
    secret = tmp_path / "secret.geojson"
    _frame().assign(zip=SECRET).to_file(secret, driver="GeoJSON", layer="secret")
    attacks = _attacks(secret, address)
    for name, data in attacks.items():
        # The whole sandbox takes a second each; the reader behind it must hold without it, too.
        path = tmp_path / f"a{Path(name).suffix}"
        path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            read_layer(path, name)
        assert SECRET not in str(caught.value) and all(f.hint.startswith("Maybe") for f in caught.value.findings)
    for name in ("vrt.gpkg", "inside.zip", f"{address}/a.gpkg", "link.geojson"):
        with pytest.raises(InputError) as caught:
            read_stranger(attacks[name], name)
        assert SECRET not in str(caught.value) and caught.value.findings[0].file == name
    assert heard == []


def test_behind_the_first_wall_gdal_has_no_driver_for_them(tmp_path: Path, outside: tuple[str, list[str]]) -> None:
    """Even a reader that were fooled into opening such a file finds no driver and no network."""
    address, heard = outside
    (tmp_path / "secret.csv").write_text("id,WKT\nsecret,POINT (1 2)\n")
    (tmp_path / "a.geojson").write_text(_vrt("secret.csv"))
    code = f"""
import pyogrio
print(sorted(pyogrio.list_drivers()))
for source in ("a.geojson", "secret.csv", "/vsicurl/{address}/a.gpkg", "{address}/a.fgb"):
    try:
        print(len(pyogrio.read_arrow(source)[1]))
    except Exception as error:
        print("refused")
"""
    run = [sys.executable, "-P", "-c", code]
    done = subprocess.run(run, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True)
    drivers, *answers = done.stdout.splitlines()
    assert drivers == str(sorted(DRIVERS)) and answers == ["refused"] * 4
    assert heard == []


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet", ".geojson", ".zip", ".kmz"])
def test_harmless_files_come_back_whole(tmp_path: Path, ending: str) -> None:
    """A stranger's map is the same layer as one's own, with findings, also where a feature has no geometry."""
    path = tmp_path / f"a{ending}"
    frame = _frame()
    if ending == ".parquet":
        frame.to_parquet(path)
    elif ending == ".zip":
        frame.to_file(tmp_path / "a.shp")
        path.write_bytes(_zip(**{f"a__{s}": (tmp_path / f"a.{s}").read_bytes() for s in ("shp", "shx", "dbf", "prj")}))
    elif ending == ".kmz":
        frame.to_file(tmp_path / "a.kml", driver="KML")
        path.write_bytes(_zip(picture__png=b"", maps__kml=(tmp_path / "a.kml").read_bytes()))
    else:
        frame.to_file(path, **({"SPATIAL_INDEX": "NO"} if ending == ".fgb" else {}))
    parquet, findings = read_stranger(path.read_bytes(), path.name)
    assert [(finding.code, finding.row) for finding in findings] == [("no-geometry", 2)]
    (tmp_path / "back.parquet").write_bytes(parquet)
    back, own = read_layer(tmp_path / "back.parquet", "back"), read_layer(path, "own")
    columns = ["zip", "calls"]
    assert back.frame[columns].to_numpy().tolist() == own.frame[columns].to_numpy().tolist()
    assert back.frame["zip"].tolist() == ["00501", "01002", "1E+05"]
    assert back.frame.geometry.isna().tolist() == [False, True, False]
    assert shapely.equals(back.frame.geometry.to_numpy()[[0, 2]], own.frame.geometry.to_numpy()[[0, 2]]).all()


@pytest.mark.parametrize("limits", [Limits(memory_bytes=450_000_000), Limits(time_limit_s=0), Limits(file_bytes=1000)])
def test_limits_stop_the_reader(limits: Limits) -> None:
    """A file that takes too much time, memory or space is refused, and the caller lives on."""
    shapes = shapely.box(*np.random.default_rng(1).uniform(0, 50, (4, 60_000)))
    buffer = io.BytesIO()
    gpd.GeoDataFrame({"id": range(60_000)}, geometry=shapes, crs=4326).to_parquet(buffer)
    with pytest.raises(InputError) as caught:
        read_stranger(buffer.getvalue(), "large.parquet", limits)
    assert caught.value.findings[0].code in {"reader-stopped", "unreadable-file"}
