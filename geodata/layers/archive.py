"""A zipped shapefile, unpacked under limits that a hostile archive cannot pass."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from geodata.findings import InputError
from geodata.layers.raw_layer import refuse

MAX_ENTRIES = 50
MAX_BYTES = 500_000_000
MAX_RATIO = 100
_CHUNK_BYTES = 1 << 20


def unpack_shapefile(path: Path, folder: Path, label: str) -> Path:
    """Unpack the one shapefile of a zip into `folder`, counting bytes while inflating, and return its .shp path.

    Raises
    ------
    InputError
        `unreadable-file` (no zip, damaged, encrypted), `unsafe-archive` (too many or too large entries, links, paths
        that leave the archive), `no-shapefile` (none or several .shp in it).
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _checked(archive.infolist(), label)
            members = _shapefile_members(entries, label)
            budget = MAX_BYTES
            for entry in members:
                target = folder / f"layer{PurePosixPath(entry.filename).suffix.lower()}"
                budget = _inflate(archive, entry, target, budget, label)
    except InputError:
        raise
    except Exception as error:  # damaged archives fail in more ways than zipfile documents
        message = f"{label} cannot be unpacked: {error}."
        refuse("unreadable-file", label, message, "Maybe zip it again without a password.")
    return folder / "layer.shp"


def _checked(entries: list[zipfile.ZipInfo], label: str) -> list[zipfile.ZipInfo]:
    if len(entries) > MAX_ENTRIES:
        _unsafe(label, f"holds {len(entries)} entries; at most {MAX_ENTRIES} are read", str(len(entries)))
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            _unsafe(label, f"holds {entry.filename[:80]!r}, a path that leaves the archive", entry.filename[:80])
        if stat.S_ISLNK(entry.external_attr >> 16):
            _unsafe(label, f"holds {entry.filename[:80]!r}, a link", entry.filename[:80])
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1000):
            _unsafe(label, f"inflates {entry.filename[:80]!r} more than {MAX_RATIO} times", entry.filename[:80])
    return [entry for entry in entries if not entry.filename.startswith("__MACOSX/")]


def _shapefile_members(entries: list[zipfile.ZipInfo], label: str) -> list[zipfile.ZipInfo]:
    """Return the entries that share the stem of the only .shp."""
    shapes = [entry for entry in entries if entry.filename.lower().endswith(".shp")]
    if len(shapes) != 1:
        hint = "Maybe zip the .shp, .shx, .dbf, .prj and .cpg of one shapefile."
        refuse(
            "no-shapefile",
            label,
            f"{label} holds {len(shapes)} shapefiles instead of one.",
            hint,
            value=str(len(shapes)),
        )
    stem = shapes[0].filename[:-4].lower()
    wanted = {stem + suffix for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg")}
    return [entry for entry in entries if entry.filename.lower() in wanted]


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, budget: int, label: str) -> int:
    """Write one entry and return the bytes left of the budget, whatever size its header claims."""
    with archive.open(entry) as source, target.open("wb") as sink:
        while chunk := source.read(_CHUNK_BYTES):
            budget -= len(chunk)
            if budget < 0:
                _unsafe(label, f"inflates to more than {MAX_BYTES:,} bytes", entry.filename[:80])
            sink.write(chunk)
    return budget


def _unsafe(label: str, what: str, value: str) -> None:
    refuse("unsafe-archive", label, f"{label} {what}.", "Maybe zip only the files of one shapefile.", value=value)
