"""What a shapefile's own headers tell: whether all of it is there, and in which encoding its texts are.

Layouts: ESRI Shapefile Technical Description (1998), main file header; dBASE III table header.
"""

import struct
from pathlib import Path

from geodata.layers.raw_layer import refuse

_SHAPE_CODE = 9994
_HEADER_BYTES = 100


def is_shape_header(head: bytes) -> bool:
    """Return whether a file begins as a .shp or .shx does."""
    return len(head) >= _HEADER_BYTES and struct.unpack(">i", head[:4])[0] == _SHAPE_CODE


def check_files(path: Path, label: str) -> None:
    """Raise an InputError `incomplete-shapefile` where a sibling is missing or a file is shorter than it says."""
    for suffix in (".shp", ".shx", ".dbf"):
        file = sibling(path, suffix)
        if file is None:
            message = f"The shapefile {label} lacks its {suffix} file."
            refuse(
                "incomplete-shapefile", label, message, "Maybe put all files of the shapefile together.", value=suffix
            )
        if file.stat().st_size < _declared_bytes(file.read_bytes()[:_HEADER_BYTES], suffix):
            message = f"The {suffix} file of {label} is shorter than it says."
            refuse("incomplete-shapefile", label, message, "Maybe it was cut off; copy it again.", value=suffix)


def encoding(path: Path) -> str | None:
    """Return UTF-8 or Windows-1252, whichever fits, where no .cpg file tells; None to leave it to that file."""
    table = sibling(path, ".dbf")
    if sibling(path, ".cpg") is not None or table is None:
        return None
    try:
        table.read_bytes()[_HEADER_BYTES:].decode("utf-8")
    except UnicodeDecodeError:
        return "CP1252"
    return "UTF-8"


def sibling(path: Path, suffix: str) -> Path | None:
    """Return the file of the same shapefile with another ending, in lower or upper case."""
    for name in (suffix, suffix.upper()):
        if path.with_suffix(name).is_file():
            return path.with_suffix(name)
    return None


def _declared_bytes(head: bytes, suffix: str) -> int:
    if suffix == ".dbf":
        if len(head) < 12:
            return _HEADER_BYTES
        rows, header_bytes, row_bytes = struct.unpack("<IHH", head[4:12])
        return int(header_bytes + rows * row_bytes)
    if not is_shape_header(head):
        return _HEADER_BYTES
    return 2 * int(struct.unpack(">i", head[24:28])[0])
