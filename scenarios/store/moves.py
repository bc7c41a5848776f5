"""Moves by hand and their undo log."""

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, aliased

from scenarios.store.errors import ConflictError
from scenarios.store.studies import change_study
from scenarios.store.tables.base import Json, new_id
from scenarios.store.tables.studies import Move, Study


def add_move(
    session: Session, study: Study, revision: int, user_id: str, after_plan_id: str, changes: list[Json]
) -> Move:
    """Make a plan the present one of a scenario and log the move that led there; raises StaleError."""
    before = study.plan_id
    assert before is not None
    change_study(session, study, revision, plan_id=after_plan_id)
    move = Move(
        id=new_id(),
        scenario_id=study.id,
        number=_next_number(session, study.id),
        before_plan_id=before,
        after_plan_id=after_plan_id,
        changes=changes,
        created_by=user_id,
    )
    session.add(move)
    session.flush()
    return move


def undo_last(session: Session, study: Study, revision: int, user_id: str) -> Move:
    """Take the last move back: the plan before it, with its figures, is the present one again.

    The log keeps both. Raises ConflictError where no move led to the present plan.
    """
    last = session.scalars(_standing().where(Move.scenario_id == study.id, Move.undoes.is_(None))).first()
    if last is None or last.after_plan_id != study.plan_id:
        raise ConflictError("nothing-to-undo", "No move led to the present plan. Maybe it was undone or solved anew.")
    return _reverse(session, study, revision, user_id, last)


def redo_last(session: Session, study: Study, revision: int, user_id: str) -> Move:
    """Make the move again that was taken back last; it can be undone again, and the redoing cannot.

    Raises ConflictError where something else than an undo led to the present plan.
    """
    undone = aliased(Move)
    undos = _standing().join(undone, Move.undoes == undone.id).where(undone.undoes.is_(None))
    last = session.scalars(undos.where(Move.scenario_id == study.id)).first()
    if last is None or last.after_plan_id != study.plan_id:
        raise ConflictError("nothing-to-redo", "No undo led to the present plan. Maybe something was changed since.")
    redo = _reverse(session, study, revision, user_id, last)
    session.execute(update(Move).where(Move.id == last.undoes).values(undone_by=None))
    return redo


def _standing() -> Select[Move]:
    """Return the query for what nothing has taken back, the last one first."""
    return select(Move).where(Move.undone_by.is_(None)).order_by(Move.number.desc()).limit(1)


def _reverse(session: Session, study: Study, revision: int, user_id: str, move: Move) -> Move:
    inverse = [{**change, "before": change["after"], "after": change["before"]} for change in move.changes]
    reverse = add_move(session, study, revision, user_id, move.before_plan_id, inverse)
    reverse.undoes = move.id
    session.execute(update(Move).where(Move.id == move.id).values(undone_by=reverse.id))
    return reverse


def list_moves(session: Session, scenario_id: str, after: int, limit: int) -> list[Move]:
    """Return the moves of a scenario by their numbers."""
    query = select(Move).where(Move.scenario_id == scenario_id, Move.number > after)
    return list(session.scalars(query.order_by(Move.number).limit(limit)))


def _next_number(session: Session, scenario_id: str) -> int:
    return (session.scalar(select(func.max(Move.number)).where(Move.scenario_id == scenario_id)) or 0) + 1
