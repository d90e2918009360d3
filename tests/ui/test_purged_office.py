"""Every page over an office of which a case was destroyed in part and another whole."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from intake_app.core.roles import Role
from intake_app.core.vocabulary import PurgePart
from intake_app.store.letters import Stage
from intake_app.ui.letter_page import LetterPage
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.pages import PAGES
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.theme import Theme
from intake_app.workflows.read_letters import letters_of
from tests.offices import new_office, staff, unlocked
from tests.retention_world import closed_case, full_case, purge
from tests.ui.conftest import Desk
from tests.ui.said import said_by
from tests.ui.screens import WindowScreen, no_questions
from tests.ui.test_roles import OPEN

PART, WHOLE = 1, 2


@pytest.fixture(scope="module")
def purged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Case 1 without its identity, case 2 gone whole."""
    folder = tmp_path_factory.mktemp("purged") / "office"
    with new_office(folder).office as office:
        staff(office)
    with unlocked(folder, Role.ATTORNEY) as office:
        assert full_case(office) == PART
    with unlocked(folder) as office:
        purge(office, PurgePart.IDENTITY)
        assert closed_case(office) == WHOLE
        purge(office, PurgePart.WHOLE)
        assert closed_case(office) == WHOLE + 1
        assert office.damage() == []
    return folder


@pytest.fixture
def here(purged: Path, desk: Desk, qtbot: QtBot) -> Desk:
    return Desk(purged, desk.jobs, qtbot)


@pytest.fixture
def opened(here: Desk, clock: Clock, qtbot: QtBot) -> Iterator[MainWindow]:
    office = here.open(Role.ADMINISTRATOR)
    window = MainWindow(here.jobs, office, [kind(here.jobs, clock) for kind in PAGES], Theme(), 10)
    qtbot.addWidget(window, before_close_func=no_questions)
    WindowScreen(window, qtbot).show()
    here.settled()
    yield window
    here.close(office)


def test_every_page_opens_and_names_nobody_who_was_destroyed(
    opened: MainWindow, here: Desk
) -> None:
    letters = here.done(partial(letters_of, opened.office, PART))
    (letter,) = [one for one in letters if one.stage is Stage.APPROVED]
    places: list[tuple[str, object]] = [(key, None) for key in sorted(OPEN[Role.ADMINISTRATOR])]
    places += [("case", PART), ("case", WHOLE), ("case", WHOLE + 1), ("letter", PART)]
    places += [("letter", ShowLetter(letter.id, PART))]
    for key, what in places:
        opened.go(key, what)
        here.settled()
        words = " ".join(said_by(opened))
        # The surname is that of the third case too.
        assert not [name for name in ("Zoraida", "Iturbide") if name in words], key
        assert "or damaged in the office file" not in " ".join(said_by(opened, hidden=False))
    page = opened.page("letter")
    assert isinstance(page, LetterPage)
    words = " ".join(said_by(opened))
    assert "Its words and page were destroyed on 22 Nov 2026" in words
    assert "Its time was over" in words or "their time was over" in words
    assert not page.head.print.isEnabled()
    assert not page.head.save.isEnabled()
