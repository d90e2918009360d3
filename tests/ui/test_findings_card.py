"""Findings as people read them: the heaviest first, and never a line of an alarm cut off."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from intake_app.core.casefile import SECTIONS, Dependent, Household
from intake_app.core.findings import Finding, Weight
from intake_app.core.household_findings import ACT_NOW
from intake_app.core.roles import Role
from intake_app.ui.findings_card import SAID
from intake_app.ui.section_view import SectionView

HOUSEHOLD = next(section for section in SECTIONS if Household in section.records)
FOUND = (
    Finding(Weight.NOTE, "A note.", Household, why="A long reason. " * 20),
    Finding(Weight.NOTE, "Another note.", Household, why="Its reason. " * 80),
    Finding(Weight.ALARM, ACT_NOW, Household, why="Under 18 and with nobody: 1 dependent."),
    Finding(Weight.WARN, "Beside its question.", Household, field="children"),
)


@pytest.mark.parametrize("width", [500, 680, 900])
def test_no_line_of_a_finding_is_cut_off(qtbot: QtBot, width: int) -> None:
    view = SectionView(HOUSEHOLD, Role.PARALEGAL, "America/New_York", "Protection")
    qtbot.addWidget(view)
    # Lower than what stands in it, so that nothing has room to spare.
    view.resize(width, 500)
    view.show()
    view.show_findings(FOUND)
    for _ in range(5):
        QApplication.processEvents()
    labels = [one for one in view.findings.findChildren(QLabel) if one.isVisibleTo(view)]
    assert labels
    for label in labels:
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    pills = [
        one.text() for one in labels if one.text() in {words for words, _tone in SAID.values()}
    ]
    assert pills == ["act now", "note", "note"]


def test_a_finding_of_a_row_stands_beside_the_row_chosen(qtbot: QtBot) -> None:
    view = SectionView(HOUSEHOLD, Role.PARALEGAL, "America/New_York", "")
    qtbot.addWidget(view)
    view.show_findings([Finding(Weight.ALARM, "Act.", Dependent, field="care_now", entry_id=7)])
    assert view.findings.isHidden()
    assert view.tables[Dependent].form.rows["care_now"].findings.words == ""
