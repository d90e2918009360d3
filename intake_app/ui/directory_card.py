"""The office's directory of addressees: found, added, changed and removed in place."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.core.directory import DirectoryEntry
from intake_app.core.errors import AppError
from intake_app.core.vocabulary import AddresseeKind
from intake_app.documents.labels import ON_A_SHEET
from intake_app.store.office import Office
from intake_app.ui.addressee_form import AddresseeForm
from intake_app.ui.asking import Asking
from intake_app.ui.desk_lists import rule
from intake_app.ui.half_typed import in_the_way, kept
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.printing import print_labels
from intake_app.ui.theme import Tone
from intake_app.ui.undo_line import UndoLine
from intake_app.ui.widgets import Card, EmptyLine, QuietButton, Words, dp, empty
from intake_app.workflows.addressees import find_addressees, keep_addressee, remove_addressee
from intake_app.workflows.envelopes import address_labels

SHOWN = 25
"""Entries on the page at once; typing finds the others."""


class DirectoryCard(Card):
    """For whoever writes letters: she learns the addresses, so she may add them too."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Directory of addressees", parent)
        self._jobs, self._clock, self._asking = jobs, clock, asking
        self._office: Office | None = None
        self._request = 0
        self.add = self.add_button("Add an addressee", self._open_new)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find by any word: a name, an agency, a county, a state")
        self.search.setAccessibleName("Find an addressee")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(dp(420))
        self.message, self.nothing = UndoLine(jobs, clock), EmptyLine()
        self.more = Words("", "quiet")
        self._found: tuple[DirectoryEntry, ...] = ()
        self.first = QLineEdit("1")
        self.first.setValidator(QIntValidator(1, ON_A_SHEET, self.first))
        self.first.setFixedWidth(dp(52))
        self.first.setAccessibleName("First free label of the sheet")
        self.labels = QuietButton("Print labels…", "small")
        self.labels.clicked.connect(lambda _checked: self._make_labels())
        self._list = QVBoxLayout()
        self.form = AddresseeForm()
        self.body.addWidget(
            Words(
                "Jails, counsel, ICE field offices, certifiers: whom letters go to. A letter takes "
                "the entry that fits the facility; whoever writes it may choose another.",
                "quiet",
                wrap=True,
            )
        )
        self.body.addWidget(self.form)
        self.body.addWidget(self.message)
        self.body.addWidget(self.search)
        self.body.addSpacing(dp(6))
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._list)
        self.body.addWidget(self.more)
        self._labels_row = self._lay_out_labels()
        self.body.addWidget(self._labels_row)
        self.form.hide()
        self.search.textChanged.connect(self._look)
        # Where to begin on a sheet is used at once and never saved.
        self.first.textEdited.connect(lambda _words: kept(self.first))
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self.close_form)
        self.message.undone.connect(self._look)

    def _lay_out_labels(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, dp(4), 0, 0)
        across.setSpacing(dp(8))
        across.addWidget(self.labels)
        across.addWidget(
            Words("for everybody found that has an address, beginning with label", "quiet")
        )
        across.addWidget(self.first)
        across.addWidget(Words(f"of {ON_A_SHEET} on a sheet", "quiet"))
        across.addStretch(1)
        return row

    def show_for(self, office: Office) -> None:
        """Read the directory anew; an open form stays as it is."""
        self._office = office
        self.message.clear()
        self._look()

    def leave(self) -> None:
        """No passphrase is here; an open form waits."""

    def close_form(self) -> None:
        """Put the form away; nothing typed stays in it."""
        self.form.fill(DirectoryEntry(AddresseeKind.JAIL))
        self.form.hide()
        self.add.show()

    def _look(self) -> None:
        if self._office is None:
            return
        self._request += 1
        work = partial(find_addressees, self._office, self.search.text())
        self._jobs.run(work, partial(self._show, self._request), self._failed)

    def _show(self, request: int, found: tuple[DirectoryEntry, ...]) -> None:
        if request != self._request:
            return
        empty(self._list)
        self._found = found
        for entry in found:
            if entry.id == self.form.id:
                self.form.show_saved(entry)
        self._labels_row.setVisible(any(entry.lines for entry in found))
        searched = bool(self.search.text().strip())
        self.search.setVisible(bool(found) or searched)
        self.nothing.setVisible(not found)
        self.nothing.setText(
            "Nobody found. Try fewer letters; accents do not matter."
            if searched
            else "Nobody yet. Add the jails and the counsel you write to most."
        )
        if found:
            self._list.addWidget(self._table(found[:SHOWN]))
        left = len(found) - SHOWN
        self.more.setText(f"{left} more. Type to find them.")
        self.more.setVisible(left > 0)

    def _table(self, entries: tuple[DirectoryEntry, ...]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(14))
        grid.setVerticalSpacing(dp(6))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)
        top = Qt.AlignmentFlag.AlignTop
        for number, entry in enumerate(entries):
            at = 2 * number
            grid.addWidget(_who(entry), at, 0, top)
            for column, words in ((1, _where(entry)), (2, _reach(entry))):
                grid.addWidget(Words(words, "quiet", wrap=True), at, column, top)
            for column, (word, do) in enumerate(
                (("Change", self._open), ("Remove", self._remove)), start=3
            ):
                button = QuietButton(word, "small")
                button.setAccessibleName(f"{word} {entry.words}")
                button.clicked.connect(partial(do, entry))
                grid.addWidget(button, at, column, top)
            grid.addWidget(rule(), at + 1, 0, 1, 5)
        return table

    def _open_new(self) -> None:
        state = self._office.profile.state if self._office else ""
        self._open(DirectoryEntry(AddresseeKind.JAIL, state=state))

    def _open(self, entry: DirectoryEntry, _checked: bool = False) -> None:
        if in_the_way(self.form, self.message):
            return
        self.message.clear()
        self.form.fill(entry)
        self.form.show()
        self.add.hide()
        self.form.agency.setFocus()

    def _save(self) -> None:
        if self._office is None or not self.form.save.isEnabled():
            return
        self.form.save.setEnabled(False)
        work = partial(keep_addressee, self._office, self.form.entry(), self._clock())
        self.message.do(self._office, work, self._saved, self._failed)

    def _saved(self, entry: DirectoryEntry) -> None:
        self.form.save.setEnabled(True)
        self.close_form()
        self.message.done(f"Saved: {entry.words}.")
        self._look()

    def _remove(self, entry: DirectoryEntry, _checked: bool = False) -> None:
        if self._office is None:
            return
        work = partial(remove_addressee, self._office, entry.id, self._clock())
        self.message.do(self._office, work, self._removed, self._failed)

    def _removed(self, _nothing: None) -> None:
        self.message.done("Removed. Letters already written keep it.", "Put it back")
        self._look()

    def _make_labels(self) -> None:
        if self._office is None:
            return
        addresses = [postal_lines(entry) for entry in self._found if entry.lines]
        work = partial(address_labels, self._office, addresses, int(self.first.text() or 0))
        self._jobs.run(work, self._print_labels, self._failed)

    def _print_labels(self, pdf: bytes) -> None:
        try:
            if print_labels(self._asking, self, pdf):
                self.message.say("Sent to the printer.", Tone.GOOD)
        except AppError as error:
            self._failed(error)

    def _failed(self, error: AppError) -> None:
        self.form.save.setEnabled(True)
        self.message.say(error.sentence)


def postal_lines(entry: DirectoryEntry) -> tuple[str, ...]:
    """An entry as its label shows it."""
    return tuple(part for part in (entry.name, entry.title, entry.agency, *entry.lines) if part)


def _who(entry: DirectoryEntry) -> QWidget:
    said = QWidget()
    down = QVBoxLayout(said)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(dp(2))
    down.addWidget(Words(entry.kind.label, "help"))
    down.addWidget(Words(entry.words, "strong", wrap=True))
    return said


def _where(entry: DirectoryEntry) -> str:
    county = ", ".join(part for part in (entry.county, entry.state) if part)
    lines = "\n".join(entry.lines) or "no address"
    return f"{lines}\n{county}" if county else lines


def _reach(entry: DirectoryEntry) -> str:
    fax = f"Fax {entry.fax}" if entry.fax else ""
    return "\n".join(part for part in (entry.telephone, fax, entry.email) if part)
