"""Long work on another thread waits while the window works, and never for long."""

import threading
import time
from collections.abc import Iterator

import pytest

from intake_app import right_of_way
from intake_app.right_of_way import give_way, window_rests, window_works


@pytest.fixture(autouse=True)
def _at_rest() -> Iterator[None]:
    window_rests()
    yield
    window_rests()


def _beside() -> tuple[threading.Thread, list[float]]:
    """Another thread asks once; the list says when it came through."""
    came: list[float] = []

    def work() -> None:
        give_way()
        came.append(time.monotonic())

    thread = threading.Thread(target=work)
    thread.start()
    return thread, came


def _seconds_of_giving_way() -> float:
    began = time.monotonic()
    give_way()
    return time.monotonic() - began


def test_without_a_window_nobody_waits() -> None:
    assert _seconds_of_giving_way() < right_of_way.LONGEST / 3


def test_work_goes_on_when_the_window_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right_of_way, "LONGEST", 30.0)
    window_works()
    thread, came = _beside()
    time.sleep(0.05)
    assert came == []
    window_rests()
    thread.join(10)
    assert len(came) == 1


def test_the_window_never_waits_for_itself() -> None:
    window_works()
    assert _seconds_of_giving_way() < right_of_way.LONGEST / 3


def test_after_a_moment_work_goes_on_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window may wait for that very work: it is closing, and the office thread has to end."""
    monkeypatch.setattr(right_of_way, "LONGEST", 1.0)
    began = time.monotonic()
    window_works()
    thread, came = _beside()
    time.sleep(0.7)
    window_works()  # it goes on, and that gives it no more time
    second, later = _beside()
    thread.join(10)
    second.join(10)
    assert 0.9 <= came[0] - began < 1.5
    assert later[0] - began < 1.5
    assert _beside_at_once() < 0.5


def _beside_at_once() -> float:
    began = time.monotonic()
    thread, came = _beside()
    thread.join(10)
    return came[0] - began
