"""A scenario and a new data file to a refreshed scenario, with everything that changed."""

import hashlib
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from geodata.findings import Finding, InputError, Level, has_errors
from optimizer.problem import NOBODY
from scenarios.case import Case
from scenarios.document.scenario import Neighbours, Scenario
from scenarios.export.files import PLAN as STORED_PLAN
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.stored import stored_report
from scenarios.export.tables import plan_rows
from scenarios.export.text import csv_bytes
from scenarios.prepare.plan import lay_plan
from scenarios.prepare.prepare import prepare
from scenarios.prepare.reading import Inputs, input_files, read_inputs
from scenarios.reading.source import Source, read
from scenarios.refresh import write
from scenarios.refresh.differences import differences, existence
from scenarios.refresh.document import ACCOUNTS, NewFile, moved, relative, with_new_file, with_rules
from scenarios.refresh.edits import KINDS, Carried, carry_rules
from scenarios.refresh.links import CarriedLinks, carry_links
from scenarios.refresh.model import Change, DataFile, PlanRows, Refresh
from scenarios.refresh.names import Names
from scenarios.refresh.new_file import recognise_file
from scenarios.refresh.plan_rows import carry_rows, plan_frame, read_plan_rows
from scenarios.refresh.records import Records, account_records, unit_records
from scenarios.refresh.succession import Succession, succession
from scenarios.refresh.telling import counts_of, findings_of
from scenarios.refresh.travel import CarriedTravel, carry_travel
from scenarios.report.answer import given_answer
from scenarios.report.model import FindingFigure


@dataclass(frozen=True)
class Wish:
    """What is refreshed with what.

    Attributes
    ----------
    scenario : Path
        A scenario document, or a folder that solve or score wrote: then its scenario and its plan.
    new_file : Path
        The new table of units or accounts.
    out : Path
        Folder to write.
    plan : Path or None
        Earlier plan, in place of the folder's.
    sheet : str or None
        Sheet of the new file, where it is not called as before.
    """

    scenario: Path
    new_file: Path
    out: Path
    plan: Path | None = None
    sheet: str | None = None


@dataclass(frozen=True, eq=False)
class _Before:
    """The earlier scenario, what it held, and its plan."""

    path: Path
    source: Source
    inputs: Inputs
    plan: Path | None


@dataclass(frozen=True, eq=False)
class _Today:
    """The scenario with the new file, and its edits in today's ids; file names as in the earlier scenario."""

    new: NewFile
    scenario: Scenario
    inputs: Inputs
    units: Records
    names: Names
    rules: Carried
    links: tuple[CarriedLinks, ...]
    travel: CarriedTravel | None
    changes: tuple[Change, ...]


def refresh(wish: Wish) -> tuple[Refresh, tuple[Finding, ...], tuple[str, ...]]:
    """Write the refreshed scenario; return what changed, the findings and the names of the files.

    Raises
    ------
    InputError
        Where a file cannot be used, the refreshed scenario would not pass check, or there is no room for it; nothing
        is written then.
    """
    before = _before(wish)
    prepare_folder(wish.out)
    today = _today(before, wish)
    case = _case(before, today, wish.out)
    plan, plan_file, about_plan = _plan(before, today, case, wish.out)
    changes = [*today.changes, *plan]
    findings = (*_shapes_kept(today, before), *findings_of(changes), *case.findings, *about_plan[1])
    told = Refresh(
        of="accounts" if today.new.section == ACCOUNTS else "units",
        scenario=relative(before.path, wish.out),
        before=_data_file(before.source.scenario, today.new.section, before.source.folder, before.inputs, wish.out),
        after=_data_file(today.scenario, today.new.section, before.source.folder, today.inputs, wish.out),
        counts=counts_of(changes),
        plan=about_plan[0],
        changes=changes,
        findings=[FindingFigure(**asdict(finding)) for finding in findings],
    )
    files = {**_documents(before, today, wish.out), **plan_file, **write.change_files(told)}
    names = tuple(name for name in write.ALL if name in files)
    write.check_room(wish.out, names, _inputs_of(before, wish))
    obsolete = [name for name in write.ALL if name not in files] if (wish.out / write.JSON).exists() else []
    write_files(wish.out, {name: files[name] for name in names}, obsolete)
    return told, findings, names


def _before(wish: Wish) -> _Before:
    path, plan = wish.scenario, wish.plan
    if path.is_dir():
        path, plan = path / stored_report(path).timing.scenario_path, plan or path / STORED_PLAN
    source = read(path)
    return _Before(path, source, _read(source), plan)


def _read(source: Source) -> Inputs:
    inputs, findings = read_inputs(source)
    if inputs is None or has_errors(findings):
        raise InputError(findings)
    return inputs


def _today(before: _Before, wish: Wish) -> _Today:
    source = before.source
    new = recognise_file(wish.new_file, wish.sheet, source, before.inputs)
    scenario = with_new_file(source.scenario, source.folder, new)
    # Files of links may name units that are closed; they are carried first.
    unlinked = scenario.model_copy(update={"neighbours": Neighbours()})
    now = Source(unlinked, source.folder, "", ())
    inputs = _read(now)
    written, told = getattr(scenario, new.section).file, relative(new.path, wish.out)
    old_side, new_side = _sides(source, before.inputs, new.section), _sides(now, inputs, new.section)
    changes, found = _compare(old_side, [records.with_file(written, told) for records in new_side])
    names = Names(before.inputs.table, inputs.table, found)
    rules = carry_rules(before.inputs.rules, names, inputs.team)
    links = carry_links(source.scenario.neighbours, source.folder, names)
    matrix, document = before.inputs.matrix, source.scenario.travel
    travel = None if matrix is None or document is None else carry_travel(matrix, document.file, names)
    edits = [*rules.changes, *(change for each in (*links, travel) if each for change in each.changes)]
    return _Today(new, scenario, inputs, old_side[0], names, rules, links, travel, (*changes, *edits))


def _sides(source: Source, inputs: Inputs, section: str) -> list[Records]:
    """Return the units and, where these are refreshed, the accounts."""
    units = unit_records(source, inputs)
    return [units, account_records(source, inputs)] if section == ACCOUNTS else [units]


def _compare(old: list[Records], new: list[Records]) -> tuple[list[Change], Succession]:
    """Return what changed in what was refreshed, and what became of the units."""
    if len(old) == 1:
        found = succession(old[0], new[0])
        return differences(old[0], new[0], found), found
    accounts = succession(old[1], new[1])
    # A named account is a unit of its own id, so its successor is that of the unit.
    found = succession(old[0], new[0], {before: now for before, now in accounts.now.items() if before != now})
    return [*differences(old[1], new[1], accounts), *existence(old[0], new[0], found)], found


def _case(before: _Before, today: _Today, out: Path) -> Case:
    """Prepare the refreshed scenario, in a folder beside `out`, from where file names are the same."""
    prepare_folder(out.resolve().parent)
    scenario = with_rules(today.scenario, today.rules.rules, {})
    with tempfile.TemporaryDirectory(prefix=".territory-", dir=out.resolve().parent) as name:
        staging = Path(name)
        own, files = write.own_files(today.links, today.travel)
        write_files(staging, files)
        return prepare(Source(moved(scenario, before.source.folder, staging, own), staging, "", ()))


def _plan(
    before: _Before, today: _Today, case: Case, out: Path
) -> tuple[tuple[Change, ...], dict[str, bytes], tuple[PlanRows | None, tuple[Finding, ...]]]:
    """Return what changed in the plan, its file, and its figures and findings."""
    if before.plan is None:
        return (), {}, (None, ())
    earlier = read_plan_rows(before.plan)
    rows, changes = carry_rows(earlier, before.plan.name, today.names, today.units, case)
    plan, findings = lay_plan(plan_frame(rows), write.PLAN, case)
    if has_errors(findings):
        raise InputError(findings)
    open_rows = set(case.row_of[plan.owner == NOBODY].tolist())
    figures = PlanRows(
        file=relative(before.plan, out),
        rows=len(earlier),
        units=len(case.units) - len(open_rows),
        open=len(open_rows),
    )
    file = {write.PLAN: csv_bytes(plan_rows(given_answer(case, plan, findings)))}
    return changes, file, (figures, findings)


def _documents(before: _Before, today: _Today, out: Path) -> dict[str, bytes]:
    """Return scenario.yaml and the files of rules and links that are not as they were."""
    written = before.source.scenario.rules
    files, names = {}, {}
    for kind in KINDS:
        name, rules = getattr(written, kind), getattr(today.rules.rules, kind)
        if not isinstance(name, str):
            continue
        if not today.rules.touched(kind):
            names[kind] = relative(before.source.folder / name, out, as_written=name)
        elif rules and write.fits_csv(today.rules.rules, kind):
            names[kind] = write.RULE_FILES[kind]
            files[names[kind]] = write.rule_bytes(today.rules.rules, kind)
    own, carried = write.own_files(today.links, today.travel)
    files |= carried
    told = moved(with_rules(today.scenario, today.rules.rules, {}), before.source.folder, out, own)
    return {write.SCENARIO: write.document_bytes(with_rules(told, today.rules.rules, names)), **files}


def _shapes_kept(today: _Today, before: _Before) -> tuple[Finding, ...]:
    units = before.source.scenario.units
    if not today.new.keeps_shapes or units is None:
        return ()
    message = f"{today.new.path.name} has no places, so the shapes of {units.file} serve on, joined by {units.id}."
    return (Finding(Level.NOTE, "refresh-shapes", message, "", today.new.path.name, field="units.geography"),)


def _data_file(scenario: Scenario, section: str, folder: Path, inputs: Inputs, out: Path) -> DataFile:
    name = getattr(scenario, section).file
    n_rows = len(inputs.table) if section != ACCOUNTS or inputs.accounts is None else len(inputs.accounts)
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    return DataFile(file=relative(folder / name, out), sha256=digest, rows=n_rows)


def _inputs_of(before: _Before, wish: Wish) -> dict[Path, str]:
    """Return every file that is read, and what to call it."""
    folder = before.source.folder
    files = {(folder / name).resolve(): name for name in input_files(before.source.scenario)}
    files |= {before.path.resolve(): "the scenario", wish.new_file.resolve(): "the new file"}
    return files if before.plan is None else files | {before.plan.resolve(): "the plan"}
