"""One section of the case form: a card for a single record, a table and a form for many.

Below them stands what the program has to say about the section, and its panel where it has one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Section, may_decide, questions_in
from intake_app.core.fields import title_of
from intake_app.core.findings import Finding, Weight
from intake_app.core.roles import Role
from intake_app.ui.case_panel import CasePanel
from intake_app.ui.findings_card import FindingsCard
from intake_app.ui.form_view import AnswerRow, FormView
from intake_app.ui.records_view import RecordsView
from intake_app.ui.theme import Theme
from intake_app.ui.widgets import Card, Column, QuietButton


class SectionView(Column):
    """All records of a section, with the questions this kind of member is asked.

    later: it is empty, and of no use yet; `make_more` makes it, some rows at a time.
    """

    edited = Signal(object, object, str, object)
    """A question was answered: record, number of the row (None for a single one), name, value."""

    drafted = Signal(object, object, str, str)
    """Words are being typed: record, number of the row, name, the words so far."""

    add_wanted = Signal(object)
    remove_wanted = Signal(object, int)
    next_wanted = Signal()

    def __init__(
        self,
        section: Section,
        role: Role,
        zone: str,
        next_title: str,
        panel: CasePanel | None = None,
        parent: QWidget | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self.section = section
        self.panel = panel
        self.forms: dict[type, FormView] = {}
        self.tables: dict[type, RecordsView] = {}
        self._making = self._parts(role, zone, next_title)
        if not later:
            self.make_rest()

    def make_more(self) -> bool:
        """Make some more of it; False where all is there."""
        return next(self._making, False)

    def make_rest(self) -> None:
        """Make what is missing."""
        while self.make_more():
            pass

    def _parts(self, role: Role, zone: str, next_title: str) -> Iterator[bool]:
        # Everything is made where it belongs: Qt looks at the style of all that is moved.
        inside = self.widget()
        for record in self.section.records:
            asked = questions_in(self.section, role, record)
            if title_of(record).many:
                many = RecordsView(record, asked, zone, inside, later=True)
                form = many.form
                self.tables[record] = many
                self.body.addWidget(many)
                self._join_many(record, many)
            else:
                card = Card(title_of(record).title, inside)
                form = FormView(asked, zone, card, later=True)
                self.forms[record] = form
                card.body.addWidget(form)
                self.body.addWidget(card)
                self._join_one(record, form)
            while form.make_rows():
                yield True
            for row in form.rows.values():
                if not may_decide(role, row.question):
                    row.only_read()
            yield True
        self._make_foot(next_title)

    def _make_foot(self, next_title: str) -> None:
        self.findings = FindingsCard()
        self.body.addWidget(self.findings)
        if self.panel is not None:
            self.body.addWidget(self.panel)
        self._next = QuietButton(f"Next: {next_title}" if next_title else "")
        self._next.clicked.connect(lambda _checked: self.next_wanted.emit())
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._next)
        self.body.addLayout(foot)
        # Only now has it a parent: shown before, it would be a window for a moment.
        self._next.setVisible(bool(next_title))
        self.body.addStretch(1)

    def show_case(self, case: CaseFile) -> None:
        """Show the answers as saved; fields being typed in keep their words."""
        for record, form in self.forms.items():
            form.show_record(_one(case, record))
        for record, many in self.tables.items():
            many.show_entries(case.kept(record))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what is to be said about this section: beside its questions, and in its card."""
        here = [one for one in findings if one.record in self.section.records]
        for record, form in self.forms.items():
            form.show_findings([one for one in here if one.record is record and one.field])
        for record, many in self.tables.items():
            many.show_findings([one for one in here if one.record is record and one.field])
        own = [one for one in here if one.record not in self.section.only]
        told = [one for one in own if not one.field]
        self.findings.show_findings(told)
        # What can't wait stands on top, where it is seen; the rest below the questions.
        urgent = any(one.weight is Weight.ALARM for one in told)
        place = 0 if urgent else len(self.section.records)
        if self.body.indexOf(self.findings) != place:
            self.body.removeWidget(self.findings)
            self.body.insertWidget(place, self.findings)

    def themed(self, theme: Theme) -> None:
        """Colours or text size have changed: what tables paint by themselves follows."""
        for many in self.tables.values():
            many.themed(theme)

    def start_over(self, case: CaseFile, zone: str) -> None:
        """Show another case."""
        for record, form in self.forms.items():
            form.start_over(_one(case, record), zone)
        for record, many in self.tables.items():
            many.start_over(case.kept(record), zone)
        self.verticalScrollBar().setValue(0)

    def set_zone(self, zone: str) -> None:
        """Offer another time zone for times not typed yet."""
        for form in self.forms.values():
            form.set_zone(zone)
        for many in self.tables.values():
            many.set_zone(zone)

    def all_forms(self) -> list[FormView]:
        """Every form of the section."""
        return [*self.forms.values(), *(many.form for many in self.tables.values())]

    def form_of(self, record: type, entry_id: int | None) -> FormView | None:
        """The form that shows a row now; None where it shows another one."""
        if record in self.forms:
            return self.forms[record]
        many = self.tables.get(record)
        return many.form if many is not None and many.chosen == entry_id else None

    def shown_forms(self) -> list[tuple[type, int | None, FormView]]:
        """Every form with the record and the row it shows; None for a record there is one of."""
        one = [(record, None, form) for record, form in self.forms.items()]
        many = [(record, view.chosen, view.form) for record, view in self.tables.items()]
        return [*one, *many]

    def bring_up(self, record: type, entry_id: int | None) -> FormView | None:
        """The form of a row, chosen where it is one of several; None for a row that is gone."""
        many = self.tables.get(record)
        if many is not None and entry_id is not None:
            many.bring_up(entry_id)
        return self.form_of(record, entry_id)

    def flush(self) -> None:
        """Finish every edit under way."""
        for form in self.all_forms():
            form.flush()

    def open_rows(self) -> list[AnswerRow]:
        """The rows of wanted questions without an answer, from top to bottom."""
        return [row for row in self._rows_in_order() if row.is_open]

    def _rows_in_order(self) -> list[AnswerRow]:
        return [row for form in self.forms_in_order() for row in form.rows.values()]

    def forms_in_order(self) -> list[FormView]:
        """The forms that are shown, from top to bottom."""
        found = []
        for record in self.section.records:
            if record in self.forms:
                found.append(self.forms[record])
            elif self.tables[record].chosen is not None:
                found.append(self.tables[record].form)
        return found

    def row_with_keyboard(self) -> AnswerRow | None:
        """The question the keyboard is in."""
        here = self.focusWidget()
        for row in self._rows_in_order():
            if here is not None and row.field.isAncestorOf(here):
                return row
        return None

    def is_after(self, row: AnswerRow, other: AnswerRow) -> bool:
        """Whether a question stands below another one."""
        rows = self._rows_in_order()
        return other not in rows or rows.index(row) > rows.index(other)

    def add_here(self) -> None:
        """Add a row to the repeated record the keyboard is in, else to the first of the section."""
        here = self.focusWidget()
        for many in self.tables.values():
            if here is not None and many.isAncestorOf(here):
                many.add.click()
                return
        for many in self.tables.values():
            many.add.click()
            return

    def focus_question(self, record: type, name: str) -> None:
        """Put the keyboard into one question, or on "Add" where there is no row yet."""
        if record in self.forms:
            self.forms[record].rows[name].take_keyboard()
        elif self.tables[record].chosen is None:
            self.tables[record].add.setFocus()
        else:
            self.tables[record].form.rows[name].take_keyboard()

    def focus_first(self) -> None:
        """Put the keyboard into the first field, or on "Add" where there is none."""
        for record in self.section.records:
            if record in self.forms:
                self.forms[record].focus_first()
            elif self.tables[record].chosen is None:
                self.tables[record].add.setFocus()
            else:
                self.tables[record].form.focus_first()
            return
        if self.panel is not None:
            self.panel.focus_first()

    def _join_one(self, record: type, form: FormView) -> None:
        def edited(field: str, value: object) -> None:
            self.edited.emit(record, None, field, value)

        def drafted(field: str, words: str) -> None:
            self.drafted.emit(record, None, field, words)

        form.edited.connect(edited)
        form.drafted.connect(drafted)

    def _join_many(self, record: type, many: RecordsView) -> None:
        def edited(entry_id: object, field: str, value: object) -> None:
            self.edited.emit(record, entry_id, field, value)

        def drafted(entry_id: object, field: str, words: str) -> None:
            self.drafted.emit(record, entry_id, field, words)

        many.edited.connect(edited)
        many.drafted.connect(drafted)
        many.add_wanted.connect(lambda: self.add_wanted.emit(record))
        many.remove_wanted.connect(lambda entry_id: self.remove_wanted.emit(record, entry_id))


def _one(case: CaseFile, record: type) -> Any:
    return case.one(record)
