"""The register of letters: what waits, what is to be sent, what was answered; and a new letter."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.names import fold
from intake_app.core.roles import Act, may
from intake_app.store.office import Office
from intake_app.ui.card_column import CardColumn
from intake_app.ui.clock_words import clock_words
from intake_app.ui.desk_lists import LineList, Said, listed_as
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_acts import LetterActs
from intake_app.ui.letter_rows import LetterRows
from intake_app.ui.page import Clock, Page
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Heading, SectionButton, Words, dp
from intake_app.workflows.read_desk import ClockRow, Desk, read_desk
from intake_app.workflows.read_letters import LetterRow, Place, letter_register

NEW = "New letter"
SHOWN = 100
"""Lines at once; the rest is found by name or number."""

_NONE = {
    Place.WAITING: "No letter waits for an attorney. “Ask an attorney to approve” puts one here.",
    Place.DRAFT: "No letter is being written. Begin one under “New letter”.",
    Place.TO_SEND: "Every approved letter was sent.",
    Place.SENT: "No letter that was sent waits for its answer.",
    Place.ANSWERED: "No answer is recorded yet. “Record answer” beside a letter puts it here.",
}


class LettersPage(Page):
    """The place of letters in the rail; each line leads to a letter in one step."""

    key = "letters"
    words = "Letters"
    icon = "letters"
    needs = Act.COMPOSE_LETTERS

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._asked = 0
        self._chosen: Place | None = None
        self._looked = False
        self._letters: tuple[LetterRow, ...] = ()
        self.people = LineList(
            "Held on a detainer, the most urgent first",
            "Nobody is held on a detainer. For anybody else: find the person (Ctrl+K), open the "
            "case and press “New letter”.",
        )
        self.batch = self.people.add_button("Write for all running clocks…", self._write_batch)
        self.rows = LetterRows()
        self.rows.opened.connect(self._open)
        self.acts = LetterActs(self.rows, jobs, clock, self)
        self.acts.changed.connect(self._read)
        self.acts.form.closed.connect(self._focus_list)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText("Find by name or case number")
        self.finder.setAccessibleName("Find a letter by name or case number")
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(self._filter)
        self.places: dict[Place | None, SectionButton] = {}
        self._lay_out()
        self.people.opened.connect(self._write)

    def _lay_out(self) -> None:
        whole, side, centre = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(16))
        whole.addLayout(side)
        whole.addLayout(centre, 1)
        side.setSpacing(dp(2))
        side.addWidget(Heading("Letters", 1))
        side.addSpacing(dp(6))
        for place in (None, *Place):
            button = SectionButton(place.value if place else NEW)
            button.setFixedWidth(dp(190))
            button.clicked.connect(partial(self._choose, place))
            self.places[place] = button
            side.addWidget(button)
        side.addStretch(1)
        centre.setSpacing(dp(12))
        centre.addWidget(self.acts.message)
        centre.addWidget(self.acts.form)
        self.card = Card()
        self.card.head.addWidget(self.finder, 1)
        column = CardColumn()
        column.body.addWidget(self.rows)
        self.more = Words("", "help", wrap=True)
        self.card.body.addWidget(column, 1)
        self.card.body.addWidget(self.more)
        new = QWidget(self)
        down = QVBoxLayout(new)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(12))
        down.addWidget(
            Words(
                "Choose the person. The program offers the kind of letter that fits, writes it "
                "only where the law lets it be written, and tells what is missing.",
                "quiet",
                wrap=True,
            )
        )
        down.addWidget(self.people, 1)
        self._stack = QStackedWidget(self)
        self._new = new
        self._stack.addWidget(new)
        self._stack.addWidget(self.card)
        centre.addWidget(self._stack, 1)

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read the lists anew; an open form stays. what: the part to show, a `Place`."""
        self._office = self.acts.office = office
        if isinstance(what, Place):
            self._chosen, self._looked = what, True
        self.acts.form.read_again()
        self._read()

    @override
    def leave(self) -> None:
        """Nothing is asked or looked for any more; an open form waits."""
        self.acts.message.clear()
        self.finder.clear()

    def choose(self, place: Place | None) -> None:
        """Show one part of the register; None for a new letter."""
        self._choose(place)

    def _read(self) -> None:
        if self._office is None:
            return
        self._asked += 1
        office, now = self._office, self.clock()
        self.jobs.run(
            partial(read_desk, office, now),
            partial(self._show_people, self._asked),
            self.acts.failed,
        )
        self.jobs.run(
            partial(letter_register, office, now),
            partial(self._show, self._asked),
            self.acts.failed,
        )

    def _show_people(self, asked: int, desk: Desk) -> None:
        if asked == self._asked:
            self.people.show_lines(desk.clocks, self._said)

    def _show(self, asked: int, letters: tuple[LetterRow, ...]) -> None:
        if asked != self._asked or self._office is None:
            return
        self._letters = letters
        for place in Place:
            here = [one for one in letters if one.place is place]
            late = sum(one.late for one in here)
            if late:
                spoken = f"{len(here)}, {late} late"
                self.places[place].note(f"{late} late", Tone.BAD, spoken)
            else:
                self.places[place].note(str(len(here)) if here else "")
        if not self._looked:
            self._looked = True
            waits = any(one.place is Place.WAITING for one in letters)
            approves = may(self._office.member.role, Act.APPROVE_LETTERS)
            self._chosen = Place.WAITING if waits and approves else None
        self._choose(self._chosen)

    def _choose(self, place: Place | None, _checked: bool = False) -> None:
        if place is not self._chosen:
            self.acts.clear()
        self._chosen = place
        self.places[place].setChecked(True)
        self._stack.setCurrentWidget(self._new if place is None else self.card)
        self._filter()

    def _filter(self, _text: str = "") -> None:
        if self._chosen is None or self._office is None:
            return
        wanted = fold(self.finder.text()).split()
        here = [one for one in self._letters if one.place is self._chosen and _fits(one, wanted)]
        nothing = "No letter here fits. Clear the field to see all." if wanted else ""
        zone = self._office.profile.zone
        self.rows.show_rows(here[:SHOWN], zone, nothing or _NONE[self._chosen])
        rest = len(here) - SHOWN
        self.more.setText(f"{rest} more. Find them by name or case number." if rest > 0 else "")
        self.more.setVisible(rest > 0)

    def _said(self, row: ClockRow) -> Said:
        told = clock_words(row.reading, self.clock())
        return Said(f"{row.facility or 'facility not known'}", told.pill, told.tone)

    def _write(self, case_id: int) -> None:
        self.wanted.emit("letter", case_id)

    def _write_batch(self) -> None:
        self.wanted.emit("batch", None)

    def _open(self, row: LetterRow) -> None:
        self.wanted.emit("letter", ShowLetter(row.letter_id, row.case_id))

    def _focus_list(self) -> None:
        self.places[self._chosen].setFocus()


def _fits(row: LetterRow, wanted: list[str]) -> bool:
    # Only what the line shows: a name that is hidden in lists isn't found by it either.
    shown = fold(f"{listed_as(row)} {row.number}")
    return all(word in shown for word in wanted)
