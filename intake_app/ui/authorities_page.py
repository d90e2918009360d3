"""The library of authorities: what may be cited, where it binds, when it was checked.

An attorney checks, corrects, blocks and adds entries here; others read.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.authorities import Authority, Stance
from intake_app.core.authority_answers import entry_from
from intake_app.core.authority_checks import Entry, entry_name, may_unblock
from intake_app.core.authority_text import entry_hash
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may, who_may
from intake_app.core.vocabulary import State
from intake_app.store.office import Office
from intake_app.ui.authority_acts import AuthorityActs
from intake_app.ui.authority_detail import fill_detail
from intake_app.ui.authority_form import AuthorityForm
from intake_app.ui.card_column import CardColumn
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_addressee import narrow_combo
from intake_app.ui.library_rows import (
    BLOCKED,
    OWN,
    RECHECK,
    TONES,
    UNCHECKED,
    LibraryRow,
    library_rows,
)
from intake_app.ui.page import Clock, Page
from intake_app.ui.pill_delegate import PillDelegate
from intake_app.ui.row_table import RowTable
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    Heading,
    InlineMessage,
    PrimaryButton,
    Words,
    dp,
    empty,
    set_up_table,
)
from intake_app.workflows import shipped
from intake_app.workflows.add_authority import add_authority
from intake_app.workflows.block_authority import block_authority, unblock_authority
from intake_app.workflows.check_authority import check_authority
from intake_app.workflows.correct_authority import correct_authority
from intake_app.workflows.letter_sources import office_library

HEADS = ("Authority", "Helps us?", "Binds in", "Last check", "")
_NOT_ADVICE = (
    "A library, not legal advice. A letter cites only entries that were checked, are not too "
    "old and are not blocked."
)


class LibraryModel(RowTable):
    """The rows of the list."""

    rows: tuple[LibraryRow, ...]

    @override
    def words(self, row: LibraryRow, column: int) -> str:
        return (row.title, row.stance, row.binds, row.checked, row.note)[column]


_ANY = ("", "All entries")
_NOTES = (
    _ANY,
    (RECHECK, "To check again"),
    (UNCHECKED, "Never checked"),
    (BLOCKED, "Blocked"),
    (OWN, "Checked or changed here"),
)


class AuthoritiesPage(Page):
    """List left, the chosen entry right."""

    key = "authorities"
    words = "Authorities"
    icon = "authorities"
    needs = Act.READ_CASES

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._all: tuple[LibraryRow, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find by name or words: Galarza, probable cause")
        self.search.setAccessibleName("Find authorities")
        self.search.setClearButtonEnabled(True)
        self.state = _combo("State", (("", "Any state"), *((s.value, s.label) for s in State)))
        stances = tuple((one.value, one.value.capitalize()) for one in Stance)
        self.stance = _combo("Helps us?", (("", "Helps us or not"), *stances))
        self.note = _combo("Which entries", _NOTES)
        self.message = InlineMessage()
        self.nothing = EmptyLine("No entry fits. Take back a choice above.")
        self.nothing.hide()
        self.model = LibraryModel(HEADS, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        set_up_table(self.table, "Authorities", [0, 132, 104, 100, 88])
        # It is needed as soon as there are rows. Coming then, it would have all drawn twice.
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pills = PillDelegate(lambda words: TONES.get(words, Tone.PLAIN), self.table)
        for column in (1, 4):
            self.table.setItemDelegateForColumn(column, self._pills)
        self.count = Words("", "quiet")
        self.add = PrimaryButton("Add an entry")
        self.readers = Words("", "quiet", wrap=True)
        self.detail = CardColumn()
        self.detail.body.setContentsMargins(0, 0, dp(8), 0)
        self.acts: AuthorityActs | None = None
        self.form: AuthorityForm | None = None
        self._told = ""
        self._side = Card("")
        self._side.title.setWordWrap(True)
        self.done = InlineMessage()
        self._side.body.addWidget(self.done)
        self._side.body.addWidget(self.detail, 1)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        for combo in (self.state, self.stance, self.note):
            combo.currentIndexChanged.connect(self._filter)
        self.add.clicked.connect(partial(self._open_form, None))
        self.table.selectionModel().currentRowChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(dp(12))
        head.addWidget(Heading("Authorities", 1))
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.add)
        choices = QHBoxLayout()
        choices.setSpacing(dp(8))
        for combo in (self.state, self.stance, self.note):
            choices.addWidget(combo, 1)
        card = Card()
        card.body.addWidget(self.search)
        card.body.addLayout(choices)
        card.body.addWidget(self.message)
        card.body.addWidget(self.nothing)
        card.body.addWidget(self.table, 1)
        sides = QHBoxLayout()
        sides.setSpacing(dp(16))
        sides.addWidget(card, 3)
        sides.addWidget(self._side, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(12))
        whole.addLayout(head)
        whole.addWidget(Words(_NOT_ADVICE, "quiet", wrap=True))
        whole.addWidget(self.readers)
        whole.addLayout(sides, 1)

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read the library; with `what`, an entry's id, choose that one.

        What is half typed about an entry stays, and goes before another.
        """
        self._office = office
        allowed = may(office.member.role, Act.CHECK_AUTHORITIES)
        who = " or ".join(who_may(Act.CHECK_AUTHORITIES))
        self.add.setVisible(allowed)
        self.readers.setVisible(not allowed)
        self.readers.setText(f"An {who} checks and corrects the entries.")
        self.done.clear()
        wanted = what if isinstance(what, str) else ""
        self._read(self._typed_about() or wanted, reveal=True)
        self.search.setFocus()

    def _typed_about(self) -> str:
        """The name of the entry about which words are half typed."""
        return self._told if self.acts is not None and self.acts.half_typed else ""

    def _read(self, wanted: str, *, reveal: bool) -> None:
        """Read it anew. reveal: take back choices that hide the wanted entry."""
        if self._office is not None:
            work = partial(_all_rows, self._office, self.clock())
            self.jobs.run(work, partial(self._came, wanted, reveal), self._failed)

    @override
    def themed(self, theme: Theme) -> None:
        self._pills.theme = theme
        self.table.viewport().update()

    def _came(self, wanted: str, reveal: bool, rows: tuple[LibraryRow, ...]) -> None:
        self.message.clear()
        if rows == self._all and not wanted:
            return  # as it was left: the choices, and the entry that is read
        self._all = rows
        if reveal and wanted and not any(row.name == wanted for row in self._fitting()):
            self._any_entry()
        self._filter(wanted=wanted)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _any_entry(self) -> None:
        for field in (self.search, self.state, self.stance, self.note):
            field.blockSignals(True)
        self.search.clear()
        for combo in (self.state, self.stance, self.note):
            combo.setCurrentIndex(0)
        for field in (self.search, self.state, self.stance, self.note):
            field.blockSignals(False)

    def _fitting(self) -> tuple[LibraryRow, ...]:
        state, stance, note = (
            str(combo.currentData()) for combo in (self.state, self.stance, self.note)
        )
        return tuple(
            row
            for row in self._all
            if row.holds(self.search.text())
            and (not state or state in row.states)
            and (not stance or row.stance == stance)
            and (not note or note == row.note or (note == OWN and row.own))
        )

    def _filter(self, _choice: object = None, wanted: str = "") -> None:
        rows = self._fitting()
        self.model.show_rows(rows)
        self.count.setText(f"{len(rows)} entries" if len(rows) != 1 else "1 entry")
        self.nothing.setVisible(bool(self._all) and not rows)
        self.table.setVisible(bool(rows))
        if rows:
            found = (number for number, row in enumerate(rows) if row.name == wanted)
            self.table.selectRow(next(found, 0))
        elif self.form is None:
            self._tell(None)

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        # What is half typed stays until it is saved or cancelled.
        if self.form is None:
            self.done.clear()
            self._tell(self.model.rows[index.row()] if index.isValid() else None)

    def _tell(self, row: LibraryRow | None) -> None:
        if row is not None and row.name == self._typed_about():
            return
        self._told = row.name if row is not None else ""
        # At once: nobody may check the entry that was read before for this one.
        self._clear_detail()
        self._side.set_title(row.title if row else "")
        Turns.of_the_window().soon(self.detail, partial(self._fill, row))

    def _clear_detail(self) -> None:
        Turns.of_the_window().drop(self.detail)
        empty(self.detail.body)
        self.acts = None

    def _fill(self, row: LibraryRow | None) -> bool:
        office = self._office
        if row is not None and office and may(office.member.role, Act.CHECK_AUTHORITIES):
            self.acts = self._make_acts(row)
        fill_detail(self.detail.body, row, self.acts)
        self.detail.verticalScrollBar().setValue(0)
        return False

    def _make_acts(self, row: LibraryRow) -> AuthorityActs:
        acts = AuthorityActs(row, may_unblock(row.name, shipped.library()))
        acts.checked.connect(partial(self._check, row))
        acts.blocked.connect(partial(self._block, row, block_authority, "blocked."))
        acts.unblocked.connect(partial(self._block, row, unblock_authority, "unblocked."))
        acts.correct.connect(partial(self._open_form, row.entry))
        return acts

    def _check(self, row: LibraryRow, with_source: bool, note: str) -> None:
        if self._office is not None and self.acts is not None:
            seen, now = entry_hash(row.entry), self.clock()
            work = partial(
                check_authority, self._office, row.name, seen, now, note, with_source=with_source
            )
            said = f"{row.title}: checked today. The check is kept with your name."
            self._do(work, partial(self._kept, row.name, said), self.acts.refused)

    def _block(self, row: LibraryRow, act: Callable[..., None], said: str, reason: str) -> None:
        if self._office is not None and self.acts is not None:
            work = partial(act, self._office, row.name, reason, self.clock())
            kept = partial(self._kept, row.name, f"{row.title}: {said}")
            self._do(work, kept, self.acts.refused)

    def _open_form(self, entry: Entry | None, _checked: bool = False) -> None:
        self.done.clear()
        self._side.set_title("Correct this entry" if entry else "An entry of our office")
        self._clear_detail()
        self.form = AuthorityForm(entry)
        self.form.saved.connect(partial(self._save, entry))
        self.form.cancelled.connect(self._cancelled)
        self.detail.body.addWidget(self.form)
        self.detail.body.addStretch(1)
        self.detail.verticalScrollBar().setValue(0)
        self.table.setEnabled(False)
        self.add.setEnabled(False)
        self.form.begin()

    def _close_form(self) -> None:
        self.form = None
        self.table.setEnabled(True)
        self.add.setEnabled(True)

    def _cancelled(self) -> None:
        self._close_form()
        index = self.table.currentIndex()
        self._tell(self.model.rows[index.row()] if index.isValid() else None)

    def _save(self, entry: Entry | None, answers: dict[str, str]) -> None:
        if self._office is None or self.form is None:
            return
        form, now = self.form, self.clock()
        try:
            written = entry_from(entry, answers)
        except AppError as error:
            form.refused(error.sentence)
            return
        if entry is not None:
            name = entry_name(entry)
            said = "Corrected. Now compare it with a text and check it."
            correct = partial(correct_authority, self._office, name, written, now)
            self._do(correct, partial(self._kept, name, said, reveal=True), form.refused)
        elif isinstance(written, Authority):
            said = "Added. Now compare it with a text and check it."
            add = partial(add_authority, self._office, written, now)
            self._do(add, lambda name: self._kept(name, said, reveal=True), form.refused)

    def _do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        refused: Callable[[str], None],
    ) -> None:
        self.jobs.run(work, done, lambda error: refused(error.sentence))

    def _kept(self, name: str, said: str, _nothing: object = None, *, reveal: bool = False) -> None:
        self._close_form()
        self.acts = None
        # A list of what is to be checked goes on to the next; what was written is shown.
        self._read(name, reveal=reveal)
        self.jobs.run(lambda: None, lambda _: self.done.say(said, Tone.GOOD), self._failed)

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)


def _combo(name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
    combo = narrow_combo(name)
    for value, words in choices:
        combo.addItem(words, value)
    return combo


def _all_rows(office: Office, now: datetime) -> tuple[LibraryRow, ...]:
    """On the office thread: some hundred entries in words take the time of a key press."""
    return library_rows(office_library(office), office.today(now))
