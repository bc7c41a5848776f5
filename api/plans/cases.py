"""Prepared scenarios, kept in memory: neither a version of a document nor a data set ever changes."""

import hashlib
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from api.plans.turn import Turn
from geodata.findings import Finding
from optimizer.plan import Plan
from optimizer.problem import NOBODY
from scenarios.by_hand import plan_from_text
from scenarios.case import Case
from scenarios.document.scenario import Scenario
from scenarios.prepare.prepare import prepare
from scenarios.prepare.relock import relocked
from scenarios.store.database import Store
from scenarios.store.source import check_size, lay_out
from scenarios.store.studies import document_text
from scenarios.store.tables.studies import Study

PREPARED_AT_ONCE = 16
"""Requests that may wait for a scenario to be prepared: fewer than the service has threads (40)."""


@dataclass(frozen=True)
class Prepared:
    """A version of a scenario, ready to be judged; `sha256` is that of its document."""

    case: Case
    sha256: str


class Cases:
    """The last few prepared scenarios."""

    def __init__(self, store: Store, kept: int, units_limit: int) -> None:
        self._store, self._most, self._units_limit = store, kept, units_limit
        self._kept: OrderedDict[tuple[str, int], Prepared] = OrderedDict()
        self._plans: OrderedDict[str, Plan] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = Turn(PREPARED_AT_ONCE)

    def get(self, study: Study, version: int) -> Prepared:
        """Return a version of a scenario prepared, once for all who ask meanwhile.

        Raises InputError where it cannot be used, BusyError where too many wait for another one.
        """
        key = study.id, version
        found = self._find(key)
        if found is not None:
            return found
        with self._turn.take():
            prepared = self._find(key) or self._prepare(study, version)
            self._keep(key, prepared)
        return prepared

    def relock(self, study: Study, before: int, scenario: Scenario, text: str) -> None:
        """Keep a version that differs from the one before in its locks only, made of that one where it is kept."""
        with self._lock:
            earlier = self._kept.get((study.id, before))
        case = None if earlier is None else relocked(earlier.case, scenario)
        if case is not None:
            self._keep((study.id, study.version), Prepared(case, hashlib.sha256(text.encode()).hexdigest()))

    def plan(self, prepared: Prepared, plan_id: str, text: bytes) -> tuple[Plan, tuple[Finding, ...]]:
        """Return a plan from its plan.csv, or as it is kept; raises InputError."""
        with self._lock:
            kept = self._plans.get(plan_id)
        if kept is not None and len(kept.owner) == prepared.case.problem.n_units:
            return kept, ()
        return plan_from_text(prepared.case, text)

    def keep_plan(self, plan_id: str, plan: Plan) -> None:
        """Keep a plan whose every unit was laid, for the move that may follow."""
        if (plan.owner == NOBODY).any():
            return
        with self._lock:
            self._plans[plan_id] = plan
            while len(self._plans) > self._most:
                self._plans.popitem(last=False)

    def _find(self, key: tuple[str, int]) -> Prepared | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: tuple[str, int], prepared: Prepared) -> None:
        with self._lock:
            self._kept[key] = prepared
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def _prepare(self, study: Study, version: int) -> Prepared:
        with tempfile.TemporaryDirectory(prefix="territory-") as folder:
            with self._store.transaction() as session:
                text = document_text(session, study, version)
                source = lay_out(session, study.workspace_id, text, Path(folder))
                check_size(session, study.workspace_id, source.scenario, self._units_limit)
            return Prepared(prepare(source), source.text_sha256)
