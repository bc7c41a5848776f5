"""Everything that is known of a plan, into a folder."""

from pathlib import Path

from scenarios.export.files import ALL, plan_files
from scenarios.export.folder import write_files
from scenarios.export.map import with_map
from scenarios.report.answer import Answer
from scenarios.report.model import Report


def write_plan(out: Path, answer: Answer, report: Report, *, draws_map: bool) -> list[str]:
    """Write every file of a plan, remove those of an earlier plan, and return the names."""
    files = with_map(answer, report) if draws_map else plan_files(answer, report)
    names = [name for name in ALL if name in files]
    write_files(out, {name: files[name] for name in names}, obsolete=[name for name in ALL if name not in files])
    return names
