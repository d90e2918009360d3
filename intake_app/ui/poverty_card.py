"""The poverty guidelines an office works with: what was entered, and a form to enter the next."""

from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.core.answers import parse_day, parse_money, show_date
from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.office_reference import PovertyGuideline
from intake_app.core.partial_date import PartialDate
from intake_app.core.poverty_guidelines import (
    REGIONS,
    GuidelineKey,
    in_force,
    is_stale,
    key_of,
    region_of,
)
from intake_app.core.roles import Act, may, who_may
from intake_app.core.vocabulary import State
from intake_app.store.office import Office
from intake_app.ui.desk_lists import rule
from intake_app.ui.half_typed import in_the_way, kept, show_saved
from intake_app.ui.jobs import Jobs
from intake_app.ui.line import Line
from intake_app.ui.page import Clock
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.theme import Tone
from intake_app.ui.undo_line import UndoLine
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    InlineMessage,
    PrimaryButton,
    QuietButton,
    Words,
    dp,
    empty,
)
from intake_app.workflows.set_poverty_guideline import (
    TypedGuideline,
    remove_poverty_guideline,
    set_poverty_guideline,
)
from intake_app.workflows.shipped import poverty_sheet

SAVE, SAVE_ALL_THE_SAME = "Save", "Save all the same"


class PovertyCard(Card):
    """Everybody reads the table; who may set up the office has the form too."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("Poverty guidelines", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._replaces: GuidelineKey | None = None
        self._doubted: TypedGuideline | None = None
        self._sure: GuidelineKey | None = None
        self.enter = self.add_button("Enter a guideline", self._open_form)
        self.state = InlineMessage()
        self.message = UndoLine(jobs, clock)
        self.message.undone.connect(self._show)
        self._list = QVBoxLayout()
        self.nothing = EmptyLine()
        self.form = self._make_form()
        self.body.addWidget(Words(f"From: {poverty_sheet().source}", "quiet", wrap=True))
        self.body.addSpacing(dp(4))
        self.body.addWidget(self.state)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._list)
        self.body.addWidget(self.message)
        self.body.addWidget(self.form)
        self.form.hide()

    def _make_form(self) -> QWidget:
        self.effective_on = QLineEdit()
        self.effective_on.setPlaceholderText("The day named in the notice")
        self.region = QComboBox()
        for region, words in REGIONS.items():
            self.region.addItem(_capital(words), region)
        self.first_person, self.each_more = QLineEdit(), QLineEdit()
        for field in (self.first_person, self.each_more):
            field.setPlaceholderText("Dollars a year")
        self.source = Line()
        self.source.setPlaceholderText("Volume and page of the Federal Register")
        self.save, self.cancel = PrimaryButton(SAVE), QuietButton("Cancel")
        whole = QWidget()
        whole.setMaximumWidth(dp(620))
        form = PlainForm(whole)
        form.setContentsMargins(0, dp(8), 0, 0)
        form.addRow(Words(poverty_sheet().what_to_enter, "help", wrap=True))
        form.ask("In force from", self.effective_on)
        form.ask("For", self.region)
        form.ask("First person", self.first_person)
        form.ask("Each further person", self.each_more)
        form.ask("Source", self.source)
        form.act(self.cancel, self.save)
        self.cancel.clicked.connect(self.close_form)
        self.save.clicked.connect(self._save)
        for field in self._fields():
            field.textEdited.connect(self._not_sure)
            field.returnPressed.connect(self._save)
        self.region.currentIndexChanged.connect(self._not_sure)
        return whole

    def _fields(self) -> tuple[QLineEdit, ...]:
        return (self.effective_on, self.first_person, self.each_more, self.source)

    def show_for(self, office: Office) -> None:
        """Show the table as this office has it now; an open form stays as it is."""
        self._office = office
        self.message.clear()
        self._not_sure()
        self._show()
        for one in office.reference.guidelines:
            if key_of(one) == self._replaces:
                self._show_saved(one)

    def _show(self) -> None:
        if self._office is None:
            return
        self._sure = None
        allowed = may(self._office.member.role, Act.SET_UP_OFFICE)
        guidelines = self._office.reference.guidelines
        self.enter.setVisible(allowed and self.form.isHidden())
        self.nothing.setVisible(not guidelines)
        self.nothing.setText(_nothing_words(allowed, asking=not self.form.isHidden()))
        empty(self._list)
        if guidelines:
            self._list.addWidget(self._table(guidelines, allowed))
        said = _state_words(self._office, self._office.today(self._clock()))
        if said:
            self.state.say(said, Tone.SOON)
        else:
            self.state.clear()

    def _table(self, guidelines: tuple[PovertyGuideline, ...], allowed: bool) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(14))
        grid.setVerticalSpacing(dp(6))
        heads = ("In force from", "For", "First person", "Each further", "Source", "Checked")
        right = Qt.AlignmentFlag.AlignRight
        for column, head in enumerate(heads):
            words = Words(head, "column")
            words.setAlignment(right if column in (2, 3) else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(words, 0, column)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(4, 3)
        grid.setColumnStretch(5, 2)
        grid.addWidget(rule(), 1, 0, 1, 7)
        for number, one in enumerate(guidelines):
            at = 2 + 2 * number
            grid.addWidget(Words(_day(one.effective_on), "strong"), at, 0)
            grid.addWidget(Words(_capital(REGIONS[one.region]), wrap=True), at, 1)
            for column, amount in ((2, one.first_person), (3, one.each_more)):
                grid.addWidget(Words(_dollars(amount)), at, column, right)
            grid.addWidget(Words(one.source, "quiet", wrap=True), at, 4)
            checked = f"{_day(one.checked_on)}, {one.checked_by}"
            grid.addWidget(Words(checked, "quiet", wrap=True), at, 5)
            if allowed:
                grid.addWidget(self._buttons(one), at, 6)
            grid.addWidget(rule(), at + 1, 0, 1, 7)
        return table

    def _buttons(self, one: PovertyGuideline) -> QWidget:
        said = f"the guideline of {_day(one.effective_on)} for {REGIONS[one.region]}"
        correct, remove = QuietButton("Correct", "small"), QuietButton("Remove", "small")
        correct.setAccessibleName(f"Correct {said}")
        remove.setAccessibleName(f"Remove {said}")
        correct.clicked.connect(partial(self._correct, one))
        remove.clicked.connect(partial(self._remove, key_of(one), remove))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(6))
        row.addWidget(correct)
        row.addWidget(remove)
        return both

    def _open_form(self) -> None:
        self.message.clear()
        self._empty()
        if self._office is not None:
            own = region_of(self._office.profile.state)
            self.region.setCurrentIndex(max(self.region.findData(own), 0))
        self._show_form()

    def _correct(self, one: PovertyGuideline, _checked: bool = False) -> None:
        if in_the_way(self.form, self.message):
            return
        self.message.clear()
        self._empty()
        self._replaces = key_of(one)
        self.region.setCurrentIndex(self.region.findData(one.region))
        self._show_saved(one)
        self._show_form()

    def _show_saved(self, one: PovertyGuideline) -> None:
        show_saved(self.effective_on, one.effective_on.isoformat())
        show_saved(self.first_person, str(one.first_person))
        show_saved(self.each_more, str(one.each_more))
        show_saved(self.source, one.source)

    def _empty(self) -> None:
        for field in self._fields():
            field.clear()
        kept(*self._fields())
        self._replaces = None

    def _show_form(self) -> None:
        self._not_sure()
        self.form.show()
        self._show()
        self.effective_on.setFocus()

    def leave(self) -> None:
        """No passphrase is here; an open form waits."""

    def close_form(self) -> None:
        """Put the form away; nothing typed stays in it."""
        self._empty()
        self._not_sure()
        self.form.hide()
        self._show()

    def _not_sure(self, *_: object) -> None:
        """What was doubted is not what stands in the form any more."""
        self._doubted = None
        self.save.setText(SAVE)

    def _save(self) -> None:
        if self._office is None or not self.save.isEnabled():
            return
        typed = self._typed()
        if typed is None:
            return
        self.save.setEnabled(False)
        work = partial(
            set_poverty_guideline,
            self._office,
            typed,
            self._clock(),
            self._replaces,
            sure=typed == self._doubted,
        )
        self.message.do(self._office, work, partial(self._saved, typed), self._failed)

    def _typed(self) -> TypedGuideline | None:
        """What stands in the form; None, with a sentence on the page, where it can't be read."""
        at, said = self.effective_on, "In force from"
        try:
            day = parse_day(self.effective_on.text().strip())
            at, said = self.first_person, "First person"
            first = parse_money(self.first_person.text())
            at, said = self.each_more, "Each further person"
            more = parse_money(self.each_more.text())
        except BadAnswer as error:
            self.message.say(f"{said}: {error.sentence}")
            at.setFocus()
            return None
        # Qt gives back a plain word.
        return TypedGuideline(day, str(self.region.currentData()), first, more, self.source.text())

    def _saved(self, typed: TypedGuideline, doubts: tuple[str, ...]) -> None:
        self.save.setEnabled(True)
        if doubts:
            self._doubted = typed
            self.save.setText(SAVE_ALL_THE_SAME)
            self.message.say("Not saved yet. " + " ".join(doubts), Tone.SOON)
            return
        self.close_form()
        self.message.done("Saved. Cases opened from that day on are compared with it.")

    def _remove(self, key: GuidelineKey, button: QuietButton, _checked: bool = False) -> None:
        if self._office is None:
            return
        if self._sure != key:
            # The second press does it; a box over the page would only be clicked away.
            self._sure = key
            button.setText("Press again")
            self.message.say(
                "Press again to remove this guideline. Its figures stay in the history.", Tone.SOON
            )
            return
        work = partial(remove_poverty_guideline, self._office, key, self._clock())
        self.message.do(self._office, work, partial(self._removed, key), self._failed)

    def _removed(self, key: GuidelineKey, _nothing: None) -> None:
        if key == self._replaces:
            self.close_form()
        else:
            self._show()
        self.message.done("Removed.", "Put it back")

    def _failed(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.message.say(error.sentence)


def _nothing_words(allowed: bool, *, asking: bool) -> str:
    sheet = poverty_sheet()
    said = f"No guideline has been entered. {sheet.why_empty}"
    if asking:
        return said
    who = " or ".join(who_may(Act.SET_UP_OFFICE))
    do = "Press “Enter a guideline”." if allowed else f"An {who} enters it."
    return f"{said} {do} {sheet.what_to_enter}"


def _state_words(office: Office, today: date) -> str:
    """What is wrong with the table today; empty where it serves."""
    state, guidelines = office.profile.state, office.reference.guidelines
    region = region_of(state)
    if region is None:
        return (
            f"There is no figure of its own for {State.of(state).label}, so no percent is worked "
            "out in a case. Check with your director which guideline your office uses."
        )
    newest = in_force(guidelines, region, today)
    if newest is None:
        missing = f"No guideline for {REGIONS[region]} is in force today. Enter it."
        return missing if guidelines else ""
    if is_stale(newest, today):
        return (
            f"The newest guideline for {REGIONS[region]} is of {_day(newest.effective_on)}: a "
            "later one must have been published. Enter it."
        )
    return ""


def _day(day: date) -> str:
    return show_date(PartialDate.of(day))


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}".removesuffix(".00")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
