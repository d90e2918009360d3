"""The list of a case's sections at the left, in interview order, with what is open in each."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Section
from intake_app.ui.section_notes import Note, note_of
from intake_app.ui.widgets import Card, SectionButton, dp


class SectionList(Card):
    """A card of section buttons; `last` is the title of one more that is no section."""

    chosen = Signal(str)

    def __init__(self, last: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._last = last
        self._sections: Sequence[Section] = ()
        self.buttons: dict[str, SectionButton] = {}
        self.setFixedWidth(dp(190))
        self.set_margins(8, 2)
        self.body.setSpacing(dp(1))

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Make the buttons; once for each unlocking, as the sections follow the role."""
        self._sections = sections
        for title in (*(section.title for section in sections), self._last):
            button = SectionButton(title)
            button.clicked.connect(partial(self._clicked, title))
            self.body.addWidget(button)
            self.buttons[title] = button
        self.body.addStretch()

    def show_notes(self, case: CaseFile) -> None:
        """Say what is open in each section of a case."""
        for section in self._sections:
            if section.panel is None:
                self.show_note(section.title, note_of(section, case))

    def show_note(self, title: str, note: Note) -> None:
        """Say what is open in one section; the panel of a section knows by itself."""
        self.buttons[title].note(note.words, note.tone, note.spoken)

    def light_up(self, title: str) -> None:
        """Show which one is open."""
        self.buttons[title].setChecked(True)

    def _clicked(self, title: str, _checked: bool = False) -> None:
        self.chosen.emit(title)
