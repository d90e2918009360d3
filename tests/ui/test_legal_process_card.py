"""Legal process received: a checklist for everybody, that keeps nothing and gives nothing out."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox

from intake_app.core.roles import Role
from intake_app.ui.legal_process_card import FILE_NAME, LegalProcessCard
from intake_app.ui.widgets import Words
from intake_app.workflows.shipped import legal_process
from tests.conftest import NOW
from tests.offices import fingerprint
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, nameless


@pytest.mark.parametrize("role", Role)
def test_every_member_sees_every_step_and_nothing_is_kept(
    desk: Desk, role: Role, tmp_path: Path
) -> None:
    office = desk.open(role)
    before = fingerprint(desk.folder)
    card = LegalProcessCard(desk.jobs, lambda: NOW, Answers(tmp_path))
    desk.qtbot.addWidget(card)
    card.show_for(office)
    card.show()
    desk.settled()
    steps = [step.words for part in legal_process().parts for step in part.steps]
    assert [box.accessibleName() for box in card.boxes] == steps
    assert nameless(card) == []
    # Ticks and one button: there is nothing on the card that opens or exports records.
    buttons = [one for one in card.findChildren(QAbstractButton) if not isinstance(one, QCheckBox)]
    assert {one.text() for one in buttons} == {"Save as PDF…", ""}
    words = next(one for one in card.findChildren(Words) if one.text() == steps[1])
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    card.boxes[0].click()
    assert [box.isChecked() for box in card.boxes[:3]] == [True, True, False]
    card.leave()
    assert not any(box.isChecked() for box in card.boxes)
    card.show_for(office)
    desk.settled()
    assert not any(box.isChecked() for box in card.boxes)
    assert fingerprint(desk.folder) == before
    desk.close(office)


def test_the_checklist_is_saved_for_the_wall(desk: Desk, tmp_path: Path) -> None:
    office = desk.open(Role.VOLUNTEER)
    answers = Answers(tmp_path)
    card = LegalProcessCard(desk.jobs, lambda: NOW, answers)
    desk.qtbot.addWidget(card)
    card.show_for(office)
    desk.settled()
    card.save.click()
    desk.settled()
    desk.settled()
    assert answers.asked == [FILE_NAME]
    text = PdfReader(BytesIO((tmp_path / FILE_NAME).read_bytes())).pages[0].extract_text()
    assert "Legal process received" in text
    assert "Saved as" in card.message.words.text()
    answers.place = tmp_path / "nowhere"
    card.save.click()
    desk.settled()
    desk.settled()
    assert "can’t be written" in card.message.words.text()
    desk.close(office)
