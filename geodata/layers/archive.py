"""Zipped map files (a shapefile, KMZ), unpacked under limits that a hostile archive cannot pass."""

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from geodata.findings import InputError
from geodata.layers.raw_layer import refuse

MAX_ENTRIES = 50
MAX_BYTES = 500_000_000
MAX_RATIO = 100
"""Inflated bytes a byte of the archive."""
_SMALL_BYTES = 1000
"""Archives below this size may inflate as far as one of it."""
_CHUNK_BYTES = 1 << 20
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Only these are inflated in steps that can be counted."""

Entry = zipfile.ZipInfo


def unpack_shapefile(path: Path, folder: Path, label: str) -> Path:
    """Unpack the one shapefile of a zip into `folder` and return its .shp path.

    Raises
    ------
    InputError
        `unreadable-file` (no zip, damaged, encrypted), `unsafe-archive` (too many or too large entries, links, paths
        that leave the archive), `no-shapefile` (none or several .shp in it).
    """
    for name, data in _unpacked(path, _shapefile_members, label).items():
        (folder / f"layer{PurePosixPath(name).suffix.lower()}").write_bytes(data)
    return folder / "layer.shp"


def unpack_kml(path: Path, label: str) -> bytes:
    """Return the main document of a KMZ; raises InputError as `unpack_shapefile` does, with `no-kml`."""
    (data,) = _unpacked(path, _kml_member, label).values()
    return data


def _unpacked(path: Path, choose: Callable[[list[Entry], str], list[Entry]], label: str) -> dict[str, bytes]:
    """Return the chosen entries by name, counting bytes while inflating, whatever sizes the archive claims."""
    try:
        left = min(MAX_BYTES, MAX_RATIO * max(path.stat().st_size, _SMALL_BYTES))
        contents = {}
        with zipfile.ZipFile(path) as archive:
            for entry in choose(_checked(archive.infolist(), label), label):
                contents[entry.filename] = _inflated(archive, entry, left, label)
                left -= len(contents[entry.filename])
    except InputError:
        raise
    except Exception as error:  # damaged archives fail in more ways than zipfile documents
        message = f"{label} cannot be unpacked: {error}."
        refuse("unreadable-file", label, message, "Maybe zip it again without a password.")
    return contents


def _checked(entries: list[Entry], label: str) -> list[Entry]:
    if len(entries) > MAX_ENTRIES:
        _unsafe(label, f"holds {len(entries)} entries; at most {MAX_ENTRIES} are read", str(len(entries)))
    for entry in entries:
        name, shown = PurePosixPath(entry.filename.replace("\\", "/")), entry.filename[:80]
        if name.is_absolute() or ".." in name.parts:
            _unsafe(label, f"holds {shown!r}, a path that leaves the archive", shown)
        if stat.S_ISLNK(entry.external_attr >> 16):
            _unsafe(label, f"holds {shown!r}, a link", shown)
        if entry.compress_type not in _PACKINGS:
            _unsafe(label, f"holds {shown!r}, packed in an unusual way", shown)
    return [entry for entry in entries if not entry.filename.startswith("__MACOSX/")]


def _shapefile_members(entries: list[Entry], label: str) -> list[Entry]:
    """Return the entries that share the stem of the only .shp."""
    shapes = [entry for entry in entries if entry.filename.lower().endswith(".shp")]
    if len(shapes) != 1:
        message = f"{label} holds {len(shapes)} shapefiles instead of one."
        hint = "Maybe zip the .shp, .shx, .dbf, .prj and .cpg of one shapefile."
        refuse("no-shapefile", label, message, hint, value=str(len(shapes)))
    stem = shapes[0].filename[:-4].lower()
    wanted = {stem + suffix for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg")}
    return [entry for entry in entries if entry.filename.lower() in wanted]


def _kml_member(entries: list[Entry], label: str) -> list[Entry]:
    """Return doc.kml, else the first .kml."""
    documents = [entry for entry in entries if entry.filename.lower().endswith(".kml")]
    if not documents:
        refuse("no-kml", label, f"{label} holds no .kml file.", "Maybe export it again as KML.")
    return [min(documents, key=lambda entry: entry.filename.lower() != "doc.kml")]


def _inflated(archive: zipfile.ZipFile, entry: Entry, at_most: int, label: str) -> bytes:
    content = bytearray()
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK_BYTES):
            content += chunk
            if len(content) > at_most:
                what = f"inflates to more than {MAX_BYTES:,} bytes or {MAX_RATIO} times its size"
                _unsafe(label, what, entry.filename[:80])
    return bytes(content)


def _unsafe(label: str, what: str, value: str) -> None:
    refuse("unsafe-archive", label, f"{label} {what}.", "Maybe zip only the files of one map.", value=value)
