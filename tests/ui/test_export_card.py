"""Taking everything along, from the office page."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.export_card import EXPORT, STOP, ExportCard
from intake_app.workflows.make_demo import make_demo
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE
from tests.ui.conftest import Desk


class Answer(Asking):
    """Always the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @override
    def folder(self, parent: QWidget, title: str, start: Path) -> Path | None:
        return self._folder


@pytest.fixture
def card(
    desk: Desk, tmp_path: Path, clock: Callable[[], datetime]
) -> Iterator[tuple[ExportCard, Office]]:
    """The card for an administrator; it will be told to write into `tmp_path`."""
    office = desk.open(Role.ADMINISTRATOR)
    made = ExportCard(desk.jobs, clock, Answer(tmp_path))
    desk.qtbot.addWidget(made)
    made.resize(800, 400)
    made.show_for(office)
    made.show()
    yield made, office
    desk.close(office)


def begin(card: ExportCard) -> None:
    card.button.click()
    card.again.field.edit.setText(PASSPHRASE)
    card.again.go.click()


def test_it_asks_for_the_passphrase_and_writes(
    card: tuple[ExportCard, Office], desk: Desk, tmp_path: Path
) -> None:
    shown, _office = card
    shown.button.click()
    shown.again.field.edit.setText("not this one")
    shown.again.go.click()
    desk.settled()
    assert not list(tmp_path.iterdir())
    assert "does not open" in shown.again.sentence.text()
    shown.again.field.edit.setText(PASSPHRASE)
    shown.again.go.click()
    desk.qtbot.waitUntil(lambda: "Written:" in shown.message.words.text(), timeout=20_000)
    (folder,) = tmp_path.iterdir()
    assert (folder / "tables" / "person.csv").is_file()
    assert shown.button.text() == EXPORT


def test_leaving_the_card_takes_the_question_back(
    card: tuple[ExportCard, Office], desk: Desk, tmp_path: Path
) -> None:
    shown, _office = card
    shown.button.click()
    shown.again.field.edit.setText(PASSPHRASE)
    shown.leave()
    assert shown.again.field.text() == ""
    assert not shown.again.isVisibleTo(shown)
    desk.settled()
    assert not list(tmp_path.iterdir())


def test_it_can_be_stopped_and_leaves_nothing(
    desk: Desk, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    demo = make_demo(tmp_path / "office", NOW, 40, 1)
    words = demo.passphrases["administrator"]
    office = desk.done(partial(unlock_office, tmp_path / "office", "administrator", words, NOW))
    into = tmp_path / "out"
    into.mkdir()
    shown = ExportCard(desk.jobs, clock, Answer(into))
    desk.qtbot.addWidget(shown)
    shown.show_for(office)
    shown.button.click()
    shown.again.field.edit.setText(words)
    shown.again.go.click()
    desk.qtbot.waitUntil(lambda: shown.button.text() == STOP and "%" in shown.message.words.text())
    shown.button.click()
    assert "Stopped" in shown.message.words.text()
    desk.settled()
    desk.qtbot.waitUntil(lambda: not list(into.iterdir()))
    desk.close(office)
