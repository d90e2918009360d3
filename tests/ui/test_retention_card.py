"""Destroying old records from the office page: rules, what is due, and the certificate."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from intake_app.core.roles import Role
from intake_app.core.vocabulary import PurgePart
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.retention_card import DESTROY, RetentionCard
from tests.conftest import PASSPHRASE
from tests.retention_world import LATER, closed_case
from tests.ui.conftest import Desk


class Answer(Asking):
    """Always the same file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @override
    def save_as(self, parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
        assert (suggested.suffix, kind) == (".pdf", "PDF (*.pdf)")
        return self.file


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    opened = desk.open(Role.ADMINISTRATOR)
    yield opened
    desk.close(opened)


@pytest.fixture
def card(desk: Desk, office: Office, tmp_path: Path) -> RetentionCard:
    later: Callable[[], datetime] = lambda: LATER  # noqa: E731
    made = RetentionCard(desk.jobs, later, Answer(tmp_path / "certificate.pdf"))
    desk.qtbot.addWidget(made)
    made.resize(820, 900)
    made.show_for(office)
    made.show()
    desk.settled()
    return made


def said(card: RetentionCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if one.isVisibleTo(card))


def set_rule(card: RetentionCard, desk: Desk, part: PurgePart, months: int) -> None:
    card.part.setCurrentIndex(card.part.findData(part))
    card.months.setText(str(months))
    card.save.click()
    desk.settled()


def test_rules_what_is_due_destroying_and_the_certificate(
    card: RetentionCard, desk: Desk, office: Office, tmp_path: Path
) -> None:
    assert "Nothing is due today." in said(card)
    assert not card.act.isVisibleTo(card)
    set_rule(card, desk, PurgePart.NARRATIVE, 0)
    assert "1 to 1,200 months" in said(card)

    number = desk.done(lambda: closed_case(office))
    set_rule(card, desk, PurgePart.NARRATIVE, 12)
    assert "Narrative, 1 year after closing" in said(card)
    assert f"2026-{number:04}" in said(card)
    assert "Of 1 case, in all: 2 records of answers" in said(card)
    assert card.act.text() == DESTROY

    card.act.click()
    assert "of 1 case. Only a backup can bring it back" in said(card)
    card.again.field.edit.setText("not this one")
    card.again.go.click()
    desk.settled()
    assert "does not open" in said(card)
    card.again.field.edit.setText(PASSPHRASE)
    card.again.go.click()
    desk.qtbot.waitUntil(lambda: "nothing is left" in said(card), timeout=20_000)
    desk.settled()
    assert "Nothing is due today." in said(card)
    assert "1 case, by A. Ruiz" in said(card)

    desk.press(card, "Save certificate…")
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")
    assert "Saved as certificate.pdf." in said(card)

    QTest.keyClicks(card.months, "84")
    desk.press(card, "Remove")
    assert "None. Without a rule" in said(card)
    assert card.months.text() == "84"


def test_leaving_forgets_the_passphrase_alone(
    card: RetentionCard, desk: Desk, office: Office
) -> None:
    desk.done(lambda: closed_case(office))
    set_rule(card, desk, PurgePart.WHOLE, 12)
    card.act.click()
    card.again.field.edit.setText(PASSPHRASE)
    card.months.setText("5")
    card.leave()
    assert card.again.field.text() == ""
    assert card.months.text() == "5"
    assert not card.again.isVisibleTo(card)
    desk.press(card, "Remove")
