"""The left side of the letter page: what it says about the client, what it cites, what blocks."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.letter_gate import Blocker
from intake_app.documents.letter_text import FactUsed
from intake_app.ui.desk_lists import NameButton, rule
from intake_app.ui.library_rows import TONES, day
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, Pill, Words, dp, empty
from intake_app.workflows.compose_letter import UsedAuthority


class BlockersCard(Card):
    """Why there is no letter yet, and who can change that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Why this letter can’t be written yet", parent)

    def show_blockers(self, blockers: Sequence[Blocker]) -> None:
        """Show the reasons in the order they should be read."""
        empty(self.body)
        for blocker in blockers:
            self.body.addWidget(Words(blocker.why, wrap=True))
            self.body.addWidget(Words(f"Who can open it: {blocker.who_can_open}", "help"))
            self.body.addSpacing(dp(6))


class FactsCard(Card):
    """Every fact of the case that stands in the letter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What it says about the client", parent)

    def show_facts(self, facts: Sequence[FactUsed]) -> None:
        """Show them with the label of their question."""
        empty(self.body)
        for fact in facts:
            line = Words(f"✓ {fact.label}: {fact.text}", wrap=True)
            line.setAccessibleName(f"{fact.label}: {fact.text}")
            self.body.addWidget(line)
        self.body.addWidget(
            Words(
                "Never in a letter to a jail: birthplace, entry, status, A-number, victim facts, "
                "names of relatives.",
                "help",
                wrap=True,
            )
        )


class WarningsCard(Card):
    """What to look at before the letter goes out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Check before it goes out", parent)

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Show the sentences; the card is there only when there are any."""
        empty(self.body)
        for warning in warnings:
            self.body.addWidget(Words(f"· {warning}", wrap=True))
        self.setVisible(bool(warnings))


class AuthoritiesCard(Card):
    """What the letter cites, its weight at this jail, and what the recipient will raise."""

    entry_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Authorities", parent)

    def show_authorities(
        self, used: Sequence[UsedAuthority], adverse: Sequence[UsedAuthority]
    ) -> None:
        """Show those that stand in the letter, then those against it."""
        empty(self.body)
        if not used and not adverse:
            self.body.addWidget(EmptyLine("What the letter cites stands here."))
        for one in used:
            self._add(one, f"{one.weight} · checked {day(one.verified_on)}")
        cited = {one.id for one in used}
        for one in adverse:
            if one.id not in cited:
                self._add(one, "not cited; the recipient may raise it")

    def _add(self, one: UsedAuthority, under: str) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, dp(3), 0, dp(3))
        row.setSpacing(dp(10))
        words = QVBoxLayout()
        words.setSpacing(0)
        name = NameButton(one.short_name, f"Read {one.short_name} in the library")
        name.clicked.connect(partial(self._open, one.id))
        words.addWidget(name)
        below = Words(under, "help", wrap=True)
        below.setContentsMargins(dp(5), 0, 0, 0)
        words.addWidget(below)
        row.addLayout(words, 1)
        row.addWidget(Pill(one.stance, TONES.get(one.stance, Tone.PLAIN)))
        self.body.addLayout(row)
        self.body.addWidget(rule())

    def _open(self, entry: str, _checked: bool = False) -> None:
        self.entry_wanted.emit(entry)
