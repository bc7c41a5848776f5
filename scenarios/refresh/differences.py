"""What changed between two sets of records: new, closed, renamed, merged, re-owned, and amounts that moved far."""

import math
from collections.abc import Iterator

from scenarios.refresh.model import Change, Kind
from scenarios.refresh.records import Records
from scenarios.refresh.succession import Succession

FAR = 0.2
"""Share of an amount beyond which its change is listed."""
_SLACK = 1e-9


def existence(old: Records, new: Records, found: Succession) -> Iterator[Change]:
    """Yield what is new, closed, renamed, merged or unclear, one change a record; merged: one for each id that went."""
    before = found.before()
    for i, name in enumerate(new.ids):
        if name not in before:
            yield Change(kind=Kind.NEW, of=new.of, id=name, new_id=name, **_place(new, i), after=new.owners[i])
    for i, name in enumerate(old.ids):
        now = found.now.get(name)
        if now is None:
            yield _gone(old, i, found)
        elif now != name:
            kind = Kind.MERGED if len(before[now]) > 1 else Kind.RENAMED
            yield Change(kind=kind, of=old.of, id=name, new_id=now, **_place(new, new.at[now]), how=found.how[name])


def reowned(old: Records, new: Records, found: Succession) -> Iterator[Change]:
    """Yield records whose owner is not the one, or one of those, that they had."""
    for now, names in found.before().items():
        owners = list(dict.fromkeys(old.owners[old.at[name]] for name in names))
        i = new.at[now]
        if new.owners[i] not in owners:
            yield Change(
                kind=Kind.REOWNED,
                of=new.of,
                id=names[0],
                new_id=now,
                **_place(new, i),
                field="owner",
                before=", ".join(owners),
                after=new.owners[i],
            )


def far_amounts(old: Records, new: Records, found: Succession) -> Iterator[Change]:
    """Yield amounts that changed by more than FAR of what they were; merged records are compared with their sum."""
    for measure in [name for name in new.amounts if name in old.amounts]:
        for now, names in found.before().items():
            before = math.fsum(float(old.amounts[measure][old.at[name]]) for name in names)
            i = new.at[now]
            after = float(new.amounts[measure][i])
            if abs(after - before) > FAR * before * (1.0 + _SLACK):
                yield Change(
                    kind=Kind.CHANGED,
                    of=new.of,
                    id=names[0],
                    new_id=now,
                    **_place(new, i),
                    field=measure,
                    before=before,
                    after=after,
                    share=(after - before) / before if before > 0 else None,
                )


def differences(old: Records, new: Records, found: Succession) -> list[Change]:
    """Return all of these."""
    return [*existence(old, new, found), *reowned(old, new, found), *far_amounts(old, new, found)]


def _gone(old: Records, i: int, found: Succession) -> Change:
    name = old.ids[i]
    candidates = found.unclear.get(name, ())
    how = f"same name and same place as each of {', '.join(candidates)}" if candidates else ""
    kind = Kind.UNCLEAR if candidates else Kind.CLOSED
    return Change(kind=kind, of=old.of, id=name, **_place(old, i), before=old.owners[i], how=how)


def _place(records: Records, i: int) -> dict[str, str | int]:
    return {"name": records.names[i], "file": records.files[i], "row": int(records.file_row[i])}
