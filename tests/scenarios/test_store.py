"""What the store promises, whatever database holds it."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, update

from scenarios.document.merge import merged
from scenarios.store.blobs import get_blob, put_blob
from scenarios.store.database import Store, newest_version
from scenarios.store.datasets import add_dataset
from scenarios.store.people import need_workspace
from scenarios.store.retention import forget_old
from scenarios.store.sessions import Lifetime
from scenarios.store.tables import people, review, studies, work
from scenarios.store.tables.base import Base, new_id, now
from scenarios.store.tables.studies import Blob
from scenarios.store.uploads import Upload


def test_tables_can_be_brought_up_from_the_first_version(database_url: str) -> None:
    """A database of an older version becomes exactly what the program expects, with all that it holds."""
    store = Store(database_url)
    assert store.version() is None
    store.upgrade("0001")
    with store.engine.begin() as connection:
        for row in (
            "workspaces (id, name, created_at) VALUES ('w', 'w', '2026-01-01')",
            "users (id, workspace_id, name, role, created_at) VALUES ('u', 'w', 'u', 'viewer', '2026-01-01')",
            "blobs (sha256, size_bytes, data) VALUES ('b', 0, '')",
        ):
            connection.exec_driver_sql(f"INSERT INTO {row}")
    store.upgrade("0002")
    with store.engine.begin() as connection:
        for row in (
            "scenarios (id, workspace_id, name, status, version, revision, created_by, created_at, updated_at) "
            "VALUES ('s', 'w', 's', 'draft', 1, 1, 'u', '2026-01-01', '2026-01-01')",
            "jobs (id, workspace_id, kind, scenario_id, scenario_version, options, priority, status, attempt, crashes, "
            "created_by, created_at) VALUES ('j', 'w', 'solve', 's', 1, '{}', 5, 'queued', 0, 0, 'u', '2026-01-01')",
            "job_events (job_id, kind, data, created_at) VALUES ('j', 'queued', '{}', '2026-01-01')",
        ):
            connection.exec_driver_sql(f"INSERT INTO {row}")
    for target in ("head", "head"):
        store.upgrade(target)
    with store.transaction() as session:
        user, blob = session.get_one(people.User, "u"), session.get_one(Blob, "b")
        assert (user.name, user.region) == ("u", None) and blob.used_at < now()
        assert [event.kind for event in session.query(work.JobEvent)] == ["queued"]
        assert session.get_one(work.Job, "j").part == 0
    assert store.version() == newest_version()
    assert {people.User, review.Comment, studies.Dataset, work.Job} <= {
        mapper.class_ for mapper in Base.registry.mappers
    }
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    store.close()


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    """A hundred scenarios on one map take the room of one map."""
    store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    store.upgrade()
    data = b"48201,Harris\n" * 10_000
    for _ in range(3):
        with store.transaction() as session:
            digest = put_blob(session, data)
    with store.transaction() as session:
        assert get_blob(session, digest) == data
        assert session.query(Blob).count() == 1
        assert len(session.query(Blob.data).one()[0]) < len(data) / 50
    store.close()


def test_ids_sort_by_the_time_they_were_made() -> None:
    """Pages of a list, which follow the ids, show the oldest first."""
    made = [(new_id(), new_id()) for _ in range(2)]
    assert all(len({*pair}) == 2 and {len(name) for name in pair} == {32} for pair in made)
    assert made[0][0][:12] <= made[1][1][:12]


def test_a_merge_patch_does_what_its_standard_says() -> None:
    """The examples of RFC 7396, appendix A, that concern documents."""
    for document, patch, result in (
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ):
        assert merged(document, patch) == result


def test_bytes_that_nothing_names_are_removed_after_a_day(database_url: str) -> None:
    """The database doesn't grow by what nobody can reach any more, and nothing that is named is lost."""
    store = Store(database_url)
    store.upgrade()
    upload = Upload("u.csv", "0" * 64, ".csv", b"named", "table", 1, ("id",), ())
    with store.transaction() as session:
        workspace = need_workspace(session, "w").id
        add_dataset(session, workspace, "u", upload)
        fresh, old, again = (put_blob(session, data) for data in (b"fresh", b"old", b"again"))
        others = Blob.sha256 != fresh
        session.execute(update(Blob).where(others).values(used_at=now() - timedelta(days=2)))
    with store.transaction() as session:
        assert put_blob(session, b"again") == again
        forget_old(session, 30, Lifetime(timedelta(hours=1), timedelta(hours=1)))
    with store.transaction() as session:
        left = set(session.scalars(select(Blob.sha256)))
        assert left == {sha256(b"named").hexdigest(), fresh, again} and old not in left
    store.close()
