"""Writing a folder of files: each is replaced whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from geodata.findings import Finding, InputError, Level


def prepare_folder(folder: Path) -> None:
    """Make a folder and show that it can be written; raises InputError where it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _refused(folder, error) from error


def write_files(folder: Path, files: Mapping[str, bytes], obsolete: Iterable[str] = ()) -> None:
    """Write all files, the last one of `files` last, and remove the `obsolete` ones of an earlier plan.

    Everything is first written beside its place, so that a failure leaves the old files as they were. Raises
    InputError where there is no room or no right to.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".territory-", dir=folder) as staging:
            for name, data in files.items():
                _write(Path(staging) / name, data)
            for name in files:
                (Path(staging) / name).replace(folder / name)
            for name in obsolete:
                (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _refused(folder: Path, error: OSError) -> InputError:
    why = error.strerror or str(error)
    return InputError(
        [
            Finding(
                Level.ERROR,
                "unwritable-folder",
                f"The results cannot be written to {folder}: {why}.",
                "Maybe choose another folder with --out, or free some space.",
                value=str(folder),
            )
        ]
    )
