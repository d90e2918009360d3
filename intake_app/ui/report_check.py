"""The disclosure check in plain words: what is withheld, what was tried, what can be done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.reports.release import Advice, Prepared
from intake_app.core.reports.tables import Side
from intake_app.ui.report_words import (
    GOES_OUT,
    all_published,
    checked,
    kept,
    legend,
    shown_and_withheld,
)
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Pill, QuietButton, Words, dp, empty

_NOT_YET = (
    "No figure is shown before it is checked. Tick the tables to publish and press Check: the "
    "program chooses what to withhold, then tries to work it out all the same."
)
_WORKING = "Choosing what to withhold, then trying to work it out all the same."
_REFUSED = "No figure is shown, and none can be published like this."


class CheckCard(Card):
    """The right side of the reports page."""

    grouped = Signal(str, object)
    """A part's id and the coarser sides to take."""

    left_out = Signal(str)
    """A part's id: its table is not to be published."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Disclosure check", parent)
        self.pill = Pill()
        self.first = Words("", wrap=True)
        self.words = Words("", "quiet", wrap=True)
        self.advice = QVBoxLayout()
        self.advice.setSpacing(dp(10))
        row = QHBoxLayout()
        row.addWidget(self.pill)
        row.addStretch(1)
        self.body.setSpacing(dp(10))
        self.body.addLayout(row)
        self.body.addWidget(self.first)
        self.body.addLayout(self.advice)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def say_not_yet(self, why: str = "") -> None:
        """Nothing is checked yet; `why` where nothing can be."""
        self._say("not checked yet", Tone.PLAIN, why or _NOT_YET)

    def say_working(self, _share: float = 0, words: str = "") -> None:
        """The figures are being worked out; `words` say what is done now."""
        self._say("working…", Tone.PLAIN, f"{_WORKING}\n\n{words}".strip())

    def say_stopped(self) -> None:
        """The member pressed Cancel."""
        self._say("stopped", Tone.PLAIN, "The check was stopped. Nothing was written.")

    def say_refused(self) -> None:
        """Nothing may be shown; the page says why."""
        self._say("not safe", Tone.BAD, _REFUSED)

    def saying(self, prepared: Prepared) -> Iterator[bool]:
        """Say what was done to the whole release, a piece at each step; True while more comes."""
        if not any(report.parts for report in prepared.reports):
            self._say("nothing to publish", Tone.SOON, _REFUSED)
        else:
            paragraphs = [
                checked(prepared),
                legend(prepared),
                GOES_OUT,
                kept(prepared),
            ]
            pill = "published before" if all_published(prepared) else "safe to publish"
            self._say(pill, Tone.GOOD, "\n\n".join(paragraphs), shown_and_withheld(prepared))
        for one, ids in _by_sentence(prepared.left_out):
            yield True
            self.advice.addWidget(self._block(one, left=ids))
        for one, _ids in _by_sentence(prepared.advice):
            # What was published before is said once, in the words above.
            if one.part_id not in prepared.published_before:
                yield True
                self.advice.addWidget(self._block(one, left=()))

    def _say(self, pill: str, tone: Tone, words: str, first: str = "") -> None:
        """`first` stands above the advice, which may be long; the words below it."""
        empty(self.advice)
        self.pill.say(pill, tone)
        self.first.setText(first)
        self.first.setVisible(bool(first))
        self.words.setText(words)

    def _block(self, one: Advice, left: Sequence[str]) -> QWidget:
        """A sentence and what can be done. left: ids of the parts that are left out for it."""
        block = QWidget(self)
        down = QVBoxLayout(block)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(4))
        if left:
            down.addWidget(Words(f"Left out: {', '.join(left)}", "warning", wrap=True))
        down.addWidget(Words(one.sentence, wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(6))
        if one.sides is not None:
            sides: tuple[Side, ...] = one.sides
            buttons.addWidget(
                self._button("Group", one, partial(self.grouped.emit, one.part_id, sides))
            )
        if one.part_id and not left:
            buttons.addWidget(
                self._button("Leave out table", one, partial(self.left_out.emit, one.part_id))
            )
        buttons.addStretch(1)
        down.addLayout(buttons)
        return block

    def _button(self, words: str, one: Advice, pressed: Callable[[], object]) -> QuietButton:
        button = QuietButton(words, "small")
        button.setAccessibleName(f"{words}: {one.part_id}")
        button.setAccessibleDescription(one.sentence)
        button.clicked.connect(lambda _checked: pressed())
        return button


def _by_sentence(advice: Iterable[Advice]) -> list[tuple[Advice, list[str]]]:
    """What is said of several parts alike is said once."""
    found: dict[str, tuple[Advice, list[str]]] = {}
    for one in advice:
        found.setdefault(one.sentence, (one, []))[1].append(one.part_id)
    return list(found.values())
