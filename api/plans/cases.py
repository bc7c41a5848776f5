"""Prepared scenarios, kept in memory: neither a version of a document nor a data set ever changes."""

import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from scenarios.case import Case
from scenarios.prepare.prepare import prepare
from scenarios.store.database import Store
from scenarios.store.source import check_size, lay_out
from scenarios.store.studies import document_text
from scenarios.store.tables.studies import Study


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
        self._lock = threading.Lock()

    def get(self, study: Study, version: int) -> Prepared:
        """Return a version of a scenario prepared; raises InputError where it cannot be used."""
        key = study.id, version
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        prepared = self._prepare(study, version)
        with self._lock:
            self._kept[key] = prepared
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return prepared

    def _prepare(self, study: Study, version: int) -> Prepared:
        with tempfile.TemporaryDirectory(prefix="territory-") as folder:
            with self._store.transaction() as session:
                text = document_text(session, study, version)
                source = lay_out(session, study.workspace_id, text, Path(folder))
                check_size(session, study.workspace_id, source.scenario, self._units_limit)
            return Prepared(prepare(source), source.text_sha256)
