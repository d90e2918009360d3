"""The keys of the case page: to the next open question, to any question, to another section."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake_app.core.casefile import ToDo
from intake_app.core.roles import Role
from intake_app.ui.case_sections import CaseSections
from intake_app.ui.question_finder import Place, QuestionFinder, places
from intake_app.ui.section_view import SectionView
from intake_app.ui.widgets import dp

KEYS = {
    "Ctrl+Return": "next open question",
    "Ctrl+G": "any question, by its words",
    "Ctrl+PgDown": "next section",
    "Ctrl+PgUp": "section before",
    "Ctrl+I": "new row",
    "Ctrl+T": "something to do",
    "F2": "into the section",
    "Ctrl+Z": "undo your last edit",
    "Ctrl+Shift+Z": "make it again",
}
"""What each key of the case page does, in the words of the help (F1)."""


class CaseKeys(QObject):
    """Works on the sections of a page; `open_section(title, into=…)` is the page's own."""

    def __init__(
        self,
        page: QWidget,
        forms: CaseSections,
        front: Callable[[], str],
        open_section: Callable[..., None],
        titles: Callable[[], list[str]],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(page)
        self._page, self._forms, self._front = page, forms, front
        self._open_section, self._titles, self._say = open_section, titles, say
        self.finder = QuestionFinder(page)
        self.finder.chosen.connect(self._go_to)
        for keys, does in (
            ("Ctrl+Return", self.next_open),
            ("Ctrl+G", self.ask_question),
            ("Ctrl+PgDown", partial(self.step, 1)),
            ("Ctrl+PgUp", partial(self.step, -1)),
            ("Ctrl+I", self._add_here),
            ("Ctrl+T", self._add_to_do),
            ("F2", self._edit_here),
        ):
            QShortcut(QKeySequence(keys), page).activated.connect(does)

    def _view(self) -> SectionView | None:
        front = self._front()
        known = any(section.title == front for section in self._forms.sections)
        return self._forms.view(front) if known else None

    def step(self, step: int) -> None:
        """Open the section after, or before, the one in front."""
        titles = self._titles()
        if self._front() in titles:
            place = min(max(titles.index(self._front()) + step, 0), len(titles) - 1)
            self._open_section(titles[place], into=True)

    def next_open(self) -> None:
        """To the next question that is still open, in whatever section."""
        view = self._view()
        row = view.row_with_keyboard() if view is not None else None
        if row is not None:
            row.finish()
        found = self._forms.next_open(self._front(), row)
        if found is None:
            self._say("Nothing is open")
            return
        title, following = found
        self._open_section(title)
        following.take_keyboard()

    def go_on(self, record: type | None, field: str) -> None:
        """To one question; without a record, to the next open one."""
        for section in self._forms.sections:
            if record in section.records and record not in section.only:
                self._open_section(section.title)
                if field and record is not None:
                    self._forms.view(section.title).focus_question(record, field)
                return
        self.next_open()

    def _edit_here(self) -> None:
        """Into the first open question of the section in front, else into its first one."""
        view = self._view()
        if view is None:
            return
        rows = view.open_rows()
        if rows:
            rows[0].take_keyboard()
        else:
            view.focus_first()

    def _add_here(self) -> None:
        view = self._view()
        if view is not None:
            view.add_here()

    def _add_to_do(self) -> None:
        for section in self._forms.sections:
            if ToDo in section.records and self._front():
                self._open_section(section.title)
                self._forms.view(section.title).add_here()

    def offer(self, role: Role) -> None:
        """Say which questions this kind of member may go to."""
        self.finder.offer(places(self._forms.sections, role))

    def ask_question(self) -> None:
        """Bring up the list of questions, over the form."""
        if not self._front():
            return
        left, wide = self._forms.x(), min(dp(520), self._page.width() - dp(40))
        high = min(dp(360), self._page.height() - dp(20))
        self.finder.setGeometry(left, dp(10), wide, high)
        self.finder.ask()

    def _go_to(self, place: Place) -> None:
        self._open_section(place.section, into=place.question is None)
        if place.record is not None and place.question is not None:
            view = self._forms.view(place.section)
            view.focus_question(place.record, place.question.name)
