"""Notices come once, on time, whatever page is in front and while the office is locked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.casefile import Custody, Detainer
from intake_app.core.roles import Role
from intake_app.core.vocabulary import DetainerForm, State
from intake_app.store.office import Office
from intake_app.ui.deadline_notices import DeadlineNotices
from intake_app.ui.settings import Settings
from intake_app.ui.system_tray import SystemTray
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.ui.conftest import Desk

HOUR = timedelta(hours=1)
LOCAL = NOW.astimezone(ZoneInfo("America/New_York"))


class Watch:
    """A clock that a test can put forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Outside:
    """A system with a tray; or, with `there` off, one without."""

    def __init__(self) -> None:
        self.there = True
        self.said: list[str] = []

    def say(self, words: str) -> bool:
        if self.there:
            self.said.append(words)
        return self.there


class Scene:
    """The notices of one office, as a person would hear them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.watch, self.outside = desk, Watch(), Outside()
        self.inside: list[str] = []
        self.notices = DeadlineNotices(desk.jobs, self.watch, self.outside)
        self.notices.noticed.connect(self.inside.append)

    def opened(self, office: Office, *, other: bool = True) -> None:
        self.notices.watch(office, other=other)
        self.desk.settled()

    def after(self, time: timedelta) -> list[str]:
        """Let time go by, half a minute at a time near `now`; what was said meanwhile."""
        before = len(self.outside.said)
        self.watch.now += time
        self.notices.tick()
        self.desk.settled()
        return self.outside.said[before:]


@pytest.fixture
def scene(desk: Desk) -> Iterator[Scene]:
    made = Scene(desk)
    yield made
    made.notices.locked()
    made.notices._timer.stop()
    desk.settled()


def held(desk: Desk, office: Office, due: datetime | None) -> int:
    def make() -> int:
        case = start_intake(office, NOW).case_id
        entry = add_entry(office, case, Detainer, NOW).entry_id
        save_answer(office, case, Detainer, entry, "form", DetainerForm.I247A, NOW)
        save_answer(office, case, Custody, None, "facility_state", State.FL, NOW)
        save_answer(office, case, Custody, None, "release_due_at", due, NOW)
        return case

    return desk.done(make)


def release(desk: Desk, office: Office, case: int, at: datetime) -> None:
    desk.done(partial(save_answer, office, case, Custody, None, "released_at", at, NOW))


def test_each_notice_comes_once_also_after_the_file_was_read_again(
    desk: Desk, office: Office, scene: Scene
) -> None:
    case = held(desk, office, LOCAL - 34 * HOUR)
    scene.opened(office)
    assert scene.after(timedelta(0)) == []
    assert scene.after(2 * HOUR) == ["A detainer clock has 12 hours left. Open Intake Desk."]
    assert scene.after(timedelta(seconds=30)) == []
    other = held(desk, office, None)
    assert scene.after(timedelta(seconds=30)) == []
    assert scene.after(10 * HOUR) == ["A detainer clock has 2 hours left. Open Intake Desk."]
    assert scene.after(2 * HOUR) == ["48 hours have passed on a detainer clock. Open Intake Desk."]
    assert scene.after(HOUR) == []
    assert scene.inside == []
    for one in (case, other):
        release(desk, office, one, LOCAL)


def test_what_was_past_before_is_not_told(desk: Desk, office: Office, scene: Scene) -> None:
    cases = [held(desk, office, LOCAL - days * 24 * HOUR) for days in (2, 9, 20)]
    scene.opened(office)
    assert scene.after(timedelta(seconds=30)) == []
    for case in cases:
        release(desk, office, case, LOCAL)


def test_an_edit_moves_or_takes_away_what_is_coming(
    desk: Desk, office: Office, scene: Scene
) -> None:
    case = held(desk, office, LOCAL - 34 * HOUR)
    scene.opened(office)
    due = partial(save_answer, office, case, Custody, None, "release_due_at")
    desk.done(lambda: due(LOCAL - 33 * HOUR, NOW))
    assert scene.after(timedelta(seconds=30)) == []
    assert scene.after(2 * HOUR) == []
    assert len(scene.after(HOUR)) == 1
    release(desk, office, case, LOCAL)
    assert scene.after(timedelta(seconds=30)) == []
    assert scene.after(20 * HOUR) == []


def test_a_locked_office_keeps_times_alone_and_tells_them(
    desk: Desk, office: Office, scene: Scene
) -> None:
    case = held(desk, office, LOCAL - 34 * HOUR)
    scene.opened(office)
    scene.notices.locked()
    assert scene.notices._office is None
    kept = repr(scene.notices._deadlines)
    assert "Notice(at=" in kept
    assert not any(word in kept for word in ("2026-00", "Custody", "Detainer(", "I-247", "FL"))
    assert scene.after(2 * HOUR) == ["A detainer clock has 12 hours left. Open Intake Desk."]
    scene.opened(office, other=False)
    assert scene.after(timedelta(seconds=30)) == []
    assert len(scene.after(10 * HOUR)) == 1
    release(desk, office, case, LOCAL)


def test_where_there_is_no_tray_the_window_says_the_same(
    desk: Desk, office: Office, scene: Scene
) -> None:
    case = held(desk, office, LOCAL - 34 * HOUR)
    scene.outside.there = False
    scene.opened(office)
    scene.after(2 * HOUR)
    assert scene.inside == ["A detainer clock has 12 hours left."]
    release(desk, office, case, LOCAL)


def test_the_switch_keeps_notices_inside(desk: Desk, office: Office, scene: Scene) -> None:
    case = held(desk, office, LOCAL - 34 * HOUR)
    scene.notices.outside_wanted = False
    scene.opened(office)
    assert scene.after(2 * HOUR) == []
    assert scene.inside == ["A detainer clock has 12 hours left."]
    release(desk, office, case, LOCAL)


def test_a_coordinator_hears_nothing(desk: Desk, scene: Scene) -> None:
    paralegal = desk.open()
    case = held(desk, paralegal, LOCAL - 34 * HOUR)
    scene.opened(paralegal)
    scene.notices.locked()
    desk.close(paralegal)
    coordinator = desk.open(Role.COORDINATOR)
    scene.opened(coordinator, other=False)
    assert scene.after(2 * HOUR) == []
    assert scene.inside == []
    assert not scene.notices._timer.isActive()
    desk.close(coordinator)
    again = desk.open()
    release(desk, again, case, LOCAL)
    desk.close(again)


def test_it_looks_twice_a_minute_and_not_before_an_office_is_open(
    desk: Desk, office: Office, scene: Scene
) -> None:
    assert not scene.notices._timer.isActive()
    scene.opened(office)
    assert scene.notices._timer.isActive()
    assert scene.notices._timer.interval() == 30_000


def test_this_platform_has_no_tray_and_nothing_happens(desk: Desk) -> None:
    tray = SystemTray()
    assert not tray.say("A detainer clock has 2 hours left.")
    tray.take_away()


def test_the_switch_is_remembered_and_on_at_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    assert settings.notices
    settings.notices = False
    assert not Settings(tmp_path / "window.ini").notices
