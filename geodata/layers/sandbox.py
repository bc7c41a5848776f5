"""Map files from strangers: read in a process of their own that can do little harm, and handed back as GeoParquet.

Three walls: a file reaches GDAL only when its first bytes prove one of three harmless formats (`vector_file`); in the
process GDAL has no other driver, and every way to the network ends at a dead proxy; memory, time and file sizes are
limited. What comes back is plain: longitude and latitude, attributes as texts.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from geodata.findings import Finding, InputError, Level
from geodata.layers.raw_layer import refuse

DRIVERS = frozenset({"ESRI Shapefile", "FlatGeobuf", "GPKG", "MEM"})
"""What GDAL may open there; MEM opens no files."""
_DEAD_PROXY = "http://127.0.0.1:9"
_LAYER, _FINDINGS = "layer.parquet", "findings.json"


@dataclass(frozen=True)
class Limits:
    """What reading one file may take.

    Attributes
    ----------
    time_limit_s : int
        By the clock and on the processor.
    memory_bytes : int
        Address space, libraries included.
    file_bytes : int
        Largest file that may be written.
    """

    time_limit_s: int = 120
    memory_bytes: int = 6_000_000_000
    file_bytes: int = 1_000_000_000


def read_stranger(data: bytes, label: str, limits: Limits | None = None) -> tuple[bytes, tuple[Finding, ...]]:
    """Read a map file that came from outside; needs Linux or macOS.

    Parameters
    ----------
    data : bytes
        The file.
    label : str
        Its name, of which only the ending is believed; any ending that `read_layer` knows.
    limits : Limits or None
        None for the usual ones.

    Returns
    -------
    parquet : bytes
        GeoParquet as `Layer.frame` has it, which `read_layer` reads again.
    findings : tuple of Finding
        Warnings and notes as `read_layer` finds them, and errors on single features.

    Raises
    ------
    InputError
        As `read_layer`; `reader-stopped` where the process crashed or went beyond a limit.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"given{_ending(label)}").write_bytes(data)
        stopped = _run(folder, label, limits or Limits())
        told = folder / _FINDINGS
        if not told.is_file():
            hint = "Maybe it is damaged, or too large: simplify its shapes, or export it as GeoJSON."
            refuse("reader-stopped", label, f"Reading {label} was stopped: {stopped}.", hint)
        findings = tuple(Finding(**{**one, "level": Level(one["level"])}) for one in json.loads(told.read_bytes()))
        if not (folder / _LAYER).is_file():
            raise InputError(findings)
        return (folder / _LAYER).read_bytes(), findings


def environment(folder: Path) -> dict[str, str]:
    """Return all that the process knows of the world: no secrets, no proxy that works, no driver but ours."""
    import pyogrio

    proxies = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "GDAL_HTTP_PROXY")
    return {
        **dict.fromkeys(proxies, _DEAD_PROXY),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PROJ_NETWORK": "OFF",
        "GDAL_DRIVER_PATH": "disable",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
        "OGR_SKIP": ",".join(sorted(set(pyogrio.list_drivers()) - DRIVERS)),
    }


def _run(folder: Path, label: str, limits: Limits) -> str:
    """Run `main` on the folder; return what stopped it, if anything did."""
    command = [sys.executable, "-P", "-m", "geodata.layers.sandbox"]
    request = json.dumps({"label": label, **asdict(limits)})
    try:
        done = subprocess.run(
            command,
            input=request.encode(),
            cwd=folder,
            env=environment(folder),
            capture_output=True,
            timeout=limits.time_limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took longer than {limits.time_limit_s} s"
    if b"MemoryError" in done.stderr:
        return "it needs too much memory"
    return f"its reader failed ({done.returncode})"


def _ending(label: str) -> str:
    found = re.search(r"\.[a-z]{1,12}$", label.lower(), re.ASCII)
    return found[0] if found else ".unknown"


def main() -> None:
    """Read the one file in the working folder under the limits on standard input; write a layer and findings."""
    request = json.load(sys.stdin)
    _limit(Limits(request["time_limit_s"], request["memory_bytes"], request["file_bytes"]))
    from geodata.layers.layers import read_layer  # after the limits: all that could go wrong is in here

    (path,) = Path().glob("given.*")
    findings: tuple[Finding, ...]
    try:
        layer = read_layer(path, request["label"])
        layer.frame.to_parquet(_LAYER)
        findings = layer.findings
    except InputError as error:
        findings = error.findings
    Path(_FINDINGS).write_text(json.dumps([asdict(finding) for finding in findings]))


def _limit(limits: Limits) -> None:
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.time_limit_s),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
