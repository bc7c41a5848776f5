"""Long work in the threads of the service."""

from threading import Event, Thread

import pytest

from api.plans.turn import BusyError, Turn


def test_who_finds_no_place_is_sent_away_at_once_and_comes_in_later() -> None:
    """Waiting for a long preparation never takes all threads of the service."""
    turn, begun, may_end = Turn(places=1), Event(), Event()
    order: list[str] = []

    def work(name: str) -> None:
        with turn.take():
            order.append(name)
            begun.set()
            may_end.wait()

    first = Thread(target=work, args=("first",))
    first.start()
    begun.wait()
    with pytest.raises(BusyError):
        work("second")
    may_end.set()
    first.join()
    work("third")
    assert order == ["first", "third"]
