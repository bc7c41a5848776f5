"""Whether an effort gives the same bytes: every size solved twice, in processes with different hash seeds.

    python -m benchmarks.repeat DATA [--sizes S,M,L,XL] [--effort 0.05] [--workers 2]

The files compared are those that `territory solve` writes: all bytes of plan.csv, plan.geojson, map.html, plan.xlsx and
certificate.json, and report.json but for `timing`. A last solve of each size has a time limit, whose report must say
that it is not reproducible.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.instances import SIZES
from benchmarks.written import write_scenario

COMPARED = ("plan.csv", "plan.geojson", "map.html", "plan.xlsx", "certificate.json")
COMMAND = [sys.executable, "-c", "from api.cli import main; main()", "solve"]
CLOCK_S = 5.0
"""Time limit of the solve that is not repeatable."""


def main() -> None:
    """Print one row a size; exit with 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=lambda text: text.split(","), default=[size for size in SIZES if size != "XL2"])
    parser.add_argument("--effort", type=float, default=0.05)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    print("| size | effort | workers | differing | with a time limit | s | load |\n|" + "---|" * 7, flush=True)
    differing = 0
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            differing += _row(Path(folder), given, size)
    sys.exit(differing > 0)


def _row(folder: Path, given: argparse.Namespace, size: str) -> int:
    begun = time.monotonic()
    solve = {"effort": given.effort, "workers": given.workers, "gap": 0}
    scenario = write_scenario(folder, given.data, size, 0, solve)
    hashes = [solved(scenario, folder / f"plan{nth}", hash_seed=nth) for nth in (1, 2)]
    different = [name for name, first in hashes[0].items() if hashes[1][name] != first]
    clock = ["--time-limit", str(CLOCK_S), "--no-map"]
    clocked = _says_repeatable(solve_in(scenario, folder / "clocked", 1, clock))
    told = "says that it is reproducible" if clocked else "says that it is not"
    if not _says_repeatable(folder / "plan1"):
        different.append("provenance.reproducible")
    cells = [size, given.effort, given.workers, ", ".join(different) or "nothing", told]
    cells += [f"{time.monotonic() - begun:.0f}", f"{os.getloadavg()[0]:.0f}"]
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)
    return len(different) + clocked


def solved(scenario: Path, out: Path, hash_seed: int) -> dict[str, str]:
    """Solve in a process of its own and return a hash of every compared file."""
    solve_in(scenario, out, hash_seed, [])
    hashes = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in COMPARED}
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    del report["timing"]
    hashes["report.json"] = hashlib.sha256(json.dumps(report).encode()).hexdigest()
    return hashes


def solve_in(scenario: Path, out: Path, hash_seed: int, options: list[str]) -> Path:
    """Run `territory solve` with a hash seed, and return the folder of its files."""
    command = [*COMMAND, str(scenario), "--out", str(out), "--quiet", "--accept-nearest", *options]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": str(hash_seed)})
    return out


def _says_repeatable(out: Path) -> bool:
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return bool(report["provenance"]["reproducible"])


if __name__ == "__main__":
    main()
