"""The head of a case: whose it is, where the clock stands, when it was saved, what to do next."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Custody, Protection
from intake_app.core.custody_story import CustodyStory
from intake_app.core.vocabulary import YesNo
from intake_app.ui.clock_words import clock_words
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import ElidedWords, Pill, QuietButton, Words, dp

NO_NAME = "Name not known yet"


class CaseBar(QWidget):
    """Stands in the white bar while a case is open."""

    letter_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedWords("", "title")
        self.protected = Pill()
        self.clock = Pill()
        self.where = ElidedWords("", "quiet")
        self.saved = Words("", "quiet")
        self.letter = QuietButton("New letter")
        self.letter.clicked.connect(lambda _checked: self.letter_wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(12))
        row.addWidget(self.name, 100)
        row.addWidget(self.protected)
        row.addWidget(self.clock)
        row.addWidget(self.where, 1)
        row.addWidget(self.saved)
        row.addWidget(self.letter)

    def show_case(self, case: CaseFile) -> None:
        """Show whose case it is and where the person is held."""
        self.name.say(case.name or NO_NAME)
        self.name.setMaximumWidth(self.name.sizeHint().width())
        custody, protection = case.one(Custody), case.one(Protection)
        safe = YesNo.YES in (protection.survivor, protection.fleeing_now)
        self.protected.say("protected" if safe else "", Tone.PROTECTED)
        held = f" · held at {custody.facility}" if custody.facility else ""
        self.where.say(f"{case.number}{held}")

    def show_story(self, story: CustodyStory, now: datetime) -> None:
        """Show where the clock stands; nothing where no detainer does."""
        if not story.standing:
            self.clock.say("", Tone.PLAIN)
            return
        told = clock_words(story.reading, now)
        self.clock.say(told.alone, told.tone)
        self.clock.setAccessibleName(f"Detainer clock: {told.spoken}")
        self.clock.setToolTip(told.under)

    def show_saving(self, words: str, *, failed: bool = False) -> None:
        """Show "saving…", "saved 12:11" or that something was not saved."""
        self.saved.setText(words)
        self.saved.become("error" if failed else "quiet")

    def allow_letters(self, allowed: bool) -> None:
        """Whether this member may write letters."""
        self.letter.setEnabled(allowed)
        self.letter.setToolTip("" if allowed else "Ask a paralegal or an attorney for a letter.")
