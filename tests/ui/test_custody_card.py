"""The timeline as it is drawn, and as a screen reader reads it."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QLabel
from pytestqt.qtbot import QtBot

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_story import CustodyStory, custody_story
from intake_app.core.vocabulary import DetainerForm, State, YesNo
from intake_app.ui.custody_card import CustodyCard
from intake_app.ui.keyboard import press

MIAMI = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)


def told(**known: object) -> CustodyStory:
    custody = Custody(
        facility_state=State.FL,
        arrested_at=datetime(2026, 11, 18, 23, 40, tzinfo=MIAMI),
        release_due_at=datetime(2026, 11, 20, 9, 10, tzinfo=MIAMI),
        **known,  # type: ignore[arg-type] # each test's own
    )
    detainer = Detainer(form=DetainerForm.I247A, served=YesNo.NO)
    entries: dict[type, tuple[Entry[Any], ...]] = {
        Custody: (Entry(1, custody),),
        Detainer: (Entry(1, detainer),),
    }
    return custody_story(CaseFile(1, "2026-0001", entries), MIAMI.key, NOW)


@pytest.fixture
def card(qtbot: QtBot) -> CustodyCard:
    made = CustodyCard()
    qtbot.addWidget(made)
    made.resize(250, 600)
    made.show_story(told())
    made.show()
    qtbot.waitExposed(made)
    return made


def words(card: CustodyCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card)]


def test_each_moment_has_a_dot_a_date_and_words(card: CustodyCard) -> None:
    dots = [one for one in card.findChildren(QFrame) if one.property("is") == "dot"]
    assert [dot.property("mark") for dot in dots] == ["done", "done", "passed", "ahead"]
    said = words(card)
    assert said.index("Sun 22 Nov 09:10 EST") + 1 == said.index("form limit passed")
    # The limits' sources are tooltips; what else the clock says stands below.
    assert "8 C.F.R. § 287.7(d)" in card.line.item(3).toolTip()
    assert any("served" in sentence for sentence in said)


def test_a_limit_that_has_passed_is_not_told_by_colour_alone(card: CustodyCard) -> None:
    (late,) = (one for one in card.findChildren(QLabel) if one.text() == "form limit passed")
    assert late.property("is") == "error_strong"


def test_a_screen_reader_reads_a_list(card: CustodyCard) -> None:
    face = QAccessible.queryAccessibleInterface(card.line)
    assert face.role() is QAccessible.Role.List
    assert face.text(QAccessible.Text.Name) == "Custody timeline"
    assert face.childCount() == 4
    spoken = [face.child(place).text(QAccessible.Text.Name) for place in range(4)]
    assert face.child(0).role() is QAccessible.Role.ListItem
    assert spoken[0] == "Wed 18 Nov 23:40: arrested."
    assert spoken[2].startswith("Sun 22 Nov 09:10 EST: form limit passed. Plain 48 hours:")
    assert spoken[3].startswith("Tue 24 Nov 09:10 EST: regulation limit, ahead. Regulation:")


def test_arrow_keys_go_along_and_a_new_minute_keeps_the_place(
    card: CustodyCard, qtbot: QtBot
) -> None:
    card.line.setFocus()
    press(card.line, Qt.Key.Key_Down)
    press(card.line, Qt.Key.Key_Down)
    here = card.line.currentRow()
    assert here > 0
    card.show_story(told())
    assert card.line.currentRow() == here
    card.show_story(told(released_at=datetime(2026, 11, 22, 10, tzinfo=MIAMI)))
    assert card.line.currentRow() == here
    assert "released or taken" in words(card)


@pytest.mark.parametrize("wide", [180, 246, 400])
def test_every_row_is_as_high_as_its_words(card: CustodyCard, qtbot: QtBot, wide: int) -> None:
    card.setFixedWidth(wide)

    def fits() -> bool:
        labels = [one for one in card.line.findChildren(QLabel) if one.isVisibleTo(card)]
        return all(one.height() >= one.heightForWidth(one.width()) for one in labels)

    def inside() -> bool:
        room = card.line.viewport().width()
        rows = [card.line.itemWidget(card.line.item(row)) for row in range(card.line.count())]
        return all(row is not None and row.width() == room for row in rows)

    qtbot.waitUntil(fits)
    qtbot.waitUntil(inside)
    last = card.line.visualItemRect(card.line.item(card.line.count() - 1))
    assert last.bottom() <= card.line.viewport().height()


def test_an_empty_case_says_what_would_stand_there(card: CustodyCard) -> None:
    card.show_story(CustodyStory((), False, None, ()))
    assert words(card) == ["Custody", "Times of arrest, detainer and release stand here."]
