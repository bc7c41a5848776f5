"""Several files as one archive, the same bytes for the same files."""

import io
import zipfile
from collections.abc import Mapping

DATE = (2000, 1, 1, 0, 0, 0)
"""Written into every archive in place of the clock."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by their names."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return memory.getvalue()
