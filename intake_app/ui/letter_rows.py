"""Letters as lines of a list: what each is, how far it has come, and what can be done about it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.answers import show_date
from intake_app.core.partial_date import PartialDate
from intake_app.ui.desk_lists import NameButton, listed_as, rule
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import EmptyLine, Pill, QuietButton, Words, dp, empty
from intake_app.workflows.read_letters import LetterRow, Place

SENDING, ANSWER, DISCARD = "sending", "answer", "discard"
"""What can be done about a letter."""

_ACTS: dict[Place, tuple[tuple[str, str], ...]] = {
    Place.WAITING: ((DISCARD, "Discard"),),
    Place.DRAFT: ((DISCARD, "Discard"),),
    Place.TO_SEND: ((SENDING, "Record sending"),),
    Place.SENT: ((ANSWER, "Record answer"), (SENDING, "Correct sending")),
    Place.ANSWERED: ((ANSWER, "Correct answer"), (SENDING, "Correct sending")),
}
_PILLS = {
    Place.WAITING: ("waiting", Tone.SOON),
    Place.DRAFT: ("draft", Tone.PLAIN),
    Place.TO_SEND: ("approved", Tone.GOOD),
    Place.SENT: ("sent", Tone.PLAIN),
    Place.ANSWERED: ("answered", Tone.GOOD),
}


class LetterRows(QWidget):
    """Lines of letters. of_one_case: the kind leads, since the name is known."""

    opened = Signal(object)
    """A letter is to be opened: its `LetterRow`."""

    act_wanted = Signal(object, str)
    """Something is to be done about a letter: its `LetterRow`, and what."""

    def __init__(self, parent: QWidget | None = None, *, of_one_case: bool = False) -> None:
        super().__init__(parent)
        self._of_one_case = of_one_case
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    def show_rows(self, rows: Sequence[LetterRow], zone: str, empty_words: str) -> None:
        """Show these letters; `empty_words` where there is none."""
        empty(self._whole)
        if not rows:
            self._whole.addWidget(EmptyLine(empty_words))
            self._whole.addStretch(1)
            return
        for row in rows:
            self._whole.addWidget(self._line(row, zone))
            self._whole.addWidget(rule())
        self._whole.addStretch(1)

    def called(self, row: LetterRow) -> str:
        """A letter in a sentence: its kind, and whose it is where the list is of many cases."""
        return row.title if self._of_one_case else f"{row.title}, {listed_as(row)}"

    def _line(self, row: LetterRow, zone: str) -> QWidget:
        line = QWidget()
        down = QVBoxLayout(line)
        down.setContentsMargins(0, dp(4), dp(4), dp(6))
        down.setSpacing(dp(3))
        down.addLayout(self._head(row))
        down.addWidget(self._words(row, zone))
        down.addLayout(self._buttons(row))
        return line

    def _head(self, row: LetterRow) -> QHBoxLayout:
        lead = row.title if self._of_one_case else listed_as(row)
        name = NameButton(lead, f"Open the letter: {row.title}, {listed_as(row)}")
        name.clicked.connect(lambda _checked: self.opened.emit(row))
        head = QHBoxLayout()
        head.setSpacing(dp(6))
        head.addWidget(name, 1)
        if row.masked and not self._of_one_case:
            head.addWidget(Pill("protected", Tone.PROTECTED))
        head.addWidget(_pill(row))
        return head

    def _words(self, row: LetterRow, zone: str) -> Words:
        said = [] if self._of_one_case else [row.title]
        said += [f"version {row.version}"] if row.version > 1 else []
        said += ["replaced by a later version"] if row.replaced else []
        words = Words(" · ".join((*said, *_story(row, zone))), "quiet", wrap=True)
        # A link has room around its words for the ring of the keyboard.
        words.setContentsMargins(dp(5), 0, 0, 0)
        return words

    def _buttons(self, row: LetterRow) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setContentsMargins(dp(5), 0, 0, 0)
        across.setSpacing(dp(6))
        for at, (what, words) in enumerate(_ACTS[row.place]):
            # The first is what usually comes next.
            button = QuietButton(words, "link" if at or what == DISCARD else "small")
            button.setAccessibleName(f"{words}: {row.title}, {listed_as(row)}")
            button.clicked.connect(partial(self._act, row, what))
            across.addWidget(button)
        across.addStretch(1)
        return across

    def _act(self, row: LetterRow, what: str, _checked: bool = False) -> None:
        self.act_wanted.emit(row, what)


def _pill(row: LetterRow) -> Pill:
    words, tone = ("no answer", Tone.BAD) if row.late else _PILLS[row.place]
    return Pill(words, tone)


def _story(row: LetterRow, zone: str) -> list[str]:
    changed = row.changed_at.astimezone(ZoneInfo(zone))
    match row.place:
        case Place.DRAFT | Place.WAITING:
            return [f"begun by {row.made_by}", f"changed {day_and_time(changed)}"]
        case Place.TO_SEND:
            return [f"approved {day_and_time(changed)}"]
        case Place.SENT:
            told = [_sent(row)]
            if row.reply_by is not None:
                told.append(f"answer asked for by {day_and_time(row.reply_by)}")
            return told
        case Place.ANSWERED:
            return [
                _sent(row),
                *([f"answer: {row.answer.label}"] if row.answer else []),
                *([f"result: {row.result.label}"] if row.result else []),
                *([f"on {day(row.answered_on)}"] if row.answered_on else []),
            ]


def _sent(row: LetterRow) -> str:
    when = day(row.sent_on) if row.sent_on else ""
    return f"sent {when}, {row.sent_by.label}" if row.sent_by else f"sent {when}"


def day(value: date) -> str:
    """`22 Nov 2026`."""
    return show_date(PartialDate.of(value))


def day_and_time(at: datetime) -> str:
    """`22 Nov 2026, 12:11`, on the clocks of its own zone."""
    return f"{day(at.date())}, {at:%H:%M}"
