"""Small scenarios solved at once, beside the queue: in one process of their own, one at a time."""

import os
import re
import signal
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

from api.jobs.solving import limits
from geodata.findings import Finding, InputError, Level
from optimizer.solve import unwatched
from scenarios.document.types import mistake
from scenarios.export.tables import plan_rows
from scenarios.options import solve_options
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source, parse
from scenarios.report.answer import solved_answer
from scenarios.report.build import build_report
from scenarios.report.provenance import Run
from scenarios.robust.hedge import solve_case

ENDINGS = (".csv", ".tsv", ".txt", ".geojson", ".json", ".topojson", ".kml")
"""Files that are text."""
_NAME = re.compile(r"\w[\w -]{0,99}(\.\w{1,12})+", re.ASCII)
DOCUMENT = "scenario.json"
MOST_CHARACTERS = 5_000_000
"""Of the document and all texts."""


class SmallSolver:
    """A process for small solves, started when the first one comes.

    A solve that goes on for `grace_s` beyond its time limit has its process killed; the next one gets a new process.
    """

    def __init__(self, units: int, territories: int, time_limit_s: float, grace_s: float) -> None:
        self._limits = units, territories, time_limit_s
        self._patience_s = max(time_limit_s + grace_s, 0.0)
        self._process = 0
        self._free = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def solve(self, text: str, files: dict[str, str]) -> dict[str, Any] | None:
        """Return report and assignments; None while another solve is running. Raises InputError."""
        if len(text) + sum(map(len, files.values())) > MOST_CHARACTERS:
            _refuse("The texts are too long for a small solve.")
        if not self._free.acquire(blocking=False):
            return None
        try:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_parent)
                self._process = self._pool.submit(os.getpid).result()
            return self._pool.submit(solve_small, text, files, *self._limits).result(self._patience_s)
        except TimeoutError:
            os.kill(self._process, signal.SIGKILL)
            self._pool = None
            _refuse("The solve did not end in its time.")
        except BrokenProcessPool:
            self._pool = None
            _refuse("The solve needs more memory than there is.")
        finally:
            self._free.release()

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _refuse(message: str) -> NoReturn:
    raise InputError([Finding(Level.ERROR, "too-large", message, "Maybe send data sets and submit a job.")])


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def solve_small(text: str, files: dict[str, str], units: int, territories: int, time_limit_s: float) -> dict[str, Any]:
    """Solve a document whose files are given as texts, and return report and rows; raises InputError."""

    def sent(name: str) -> None:
        if name not in files or not _NAME.fullmatch(name) or not name.lower().endswith(ENDINGS):
            raise mistake(
                "missing-file", f"names no text that was sent. Maybe add it to `files` ({', '.join(ENDINGS)})."
            )

    started, clock = datetime.now(UTC), monotonic()
    scenario, findings = parse(text, is_json=True, files=sent)
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        for name in filter(_NAME.fullmatch, files):
            (Path(folder) / name).write_text(files[name], encoding="utf-8")
        case = prepare(Source(scenario, Path(folder), sha256(text.encode()).hexdigest(), findings))
    limits(units, territories)(case)
    wanted = case.scenario.solve
    changes = {} if wanted.effort else {"time_limit_s": min(wanted.time_limit_s or time_limit_s, time_limit_s)}
    options = solve_options(wanted, changes, None)
    end = monotonic() + time_limit_s
    result, hedged = solve_case(case, options, unwatched, lambda: monotonic() > end)
    answer = solved_answer(case, result, hedged=hedged)
    run = Run("solve", started, monotonic() - clock, DOCUMENT, sha256(text.encode()).hexdigest(), options)
    rows = plan_rows(answer)
    return {
        "report": build_report(answer, run).model_dump(mode="json"),
        "assignments": [dict(zip(rows.columns, cells, strict=True)) for cells in rows.cells],
    }
