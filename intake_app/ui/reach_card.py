"""The card "Reaching the client": every way there is, whether it may be used, and what to say."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Contact
from intake_app.core.findings import Setting
from intake_app.core.safe_contact import Verdict, Way, may_use, ways_to_reach, what_to_say
from intake_app.core.vocabulary import TalkNow
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, Pill, Words, dp, empty

TONES: dict[Verdict, Tone] = {
    Verdict.SAFE: Tone.GOOD,
    Verdict.ASK: Tone.SOON,
    Verdict.NOT_SAFE: Tone.BAD,
    Verdict.UNKNOWN: Tone.SOON,
}

_NOTHING = "No safe way is known yet. Ask under Safe contact: “How may we reach you?”"
_KEPT = "Not shown here"
_NOT_ASKED = "Nobody has asked whether it is safe: do not use it before you know."


class ReachCard(Card):
    """Stands beside every section of a case, so that nobody dials before she has read it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Reaching the client", parent)
        self.body.setSpacing(dp(8))
        # Not Maximum: broken into lines, the words need more than their hint says.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._shown: object = None

    def show_case(self, case: CaseFile, setting: Setting) -> None:
        """Show the ways of a case as they are today."""
        contact, ways = case.one(Contact), ways_to_reach(case, setting.today)
        shown = (contact, ways, setting.today)
        if shown == self._shown:
            return
        self._shown = shown
        empty(self.body)
        if contact.safe_to_talk_now in (TalkNow.NO, TalkNow.LATER):
            words = "Not safe to talk now: end the call politely."
            self.body.addWidget(Words(words, "error_strong", wrap=True))
        if not ways:
            self.body.addWidget(EmptyLine(_NOTHING))
            return
        for way in ways:
            self.body.addWidget(WayLine(way))
        for line in what_to_say(contact):
            self.body.addWidget(Words(line, "help", wrap=True))


class WayLine(QWidget):
    """One way: what it is, its verdict, and below them the value and the reasons."""

    def __init__(self, way: Way, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        verdict = may_use(way)
        head = QHBoxLayout()
        head.setSpacing(dp(6))
        head.addWidget(Words(way.name, "quiet", wrap=True), 1)
        head.addWidget(Pill(verdict.value, TONES[verdict]), 0, Qt.AlignmentFlag.AlignTop)
        # What nobody may write to need not be read here: it stays in the form.
        value = _KEPT if verdict is Verdict.NOT_SAFE and way.record is Contact else way.value
        self.value = Words(value, "strong", wrap=True)
        # A screen reader says the verdict first: nobody hears the number alone.
        self.value.setAccessibleName(f"{way.name}, {verdict.value}: {value}")
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(1))
        down.addLayout(head)
        down.addWidget(self.value)
        not_asked = (_NOT_ASKED,) if verdict is Verdict.UNKNOWN and not way.reasons else ()
        for reason in (*way.reasons, *not_asked):
            down.addWidget(Words(reason, "warning", wrap=True))
        if verdict is not Verdict.NOT_SAFE:
            for note in way.notes:
                down.addWidget(Words(note, "help", wrap=True))
