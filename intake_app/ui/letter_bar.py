"""The head of the letter page: what it is, how far it has come, and what can be done with it."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.store.letters import Stage
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import ElidedWords, Pill, PrimaryButton, QuietButton, Words, dp

_PILLS = {
    Stage.DRAFT: ("draft", Tone.SOON),
    Stage.WAITING: ("waits for an attorney", Tone.SOON),
    Stage.APPROVED: ("approved", Tone.GOOD),
}


class LetterBar(QWidget):
    """Stands in the white bar while a letter is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedWords("Letter", "title")
        self.stage = Pill()
        self.saved = Words("", "quiet")
        self.open_case = QuietButton("Open the case")
        self.new_version = QuietButton("New version")
        self.copy = QuietButton("Office copy")
        self.save = QuietButton("Save PDF…")
        self.print = QuietButton("Print…")
        self.ask = PrimaryButton("Ask an attorney to approve")
        self.approve = PrimaryButton("Approve")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(8))
        row.addWidget(self.title, 1)
        for widget in (
            *(self.stage, self.saved, self.open_case, self.new_version, self.copy),
            *(self.save, self.print, self.ask, self.approve),
        ):
            row.addWidget(widget)

    def show_stage(self, stage: Stage, *, page: bool, approves: bool) -> None:
        """Offer what can be done now. page: whether nothing blocks the letter."""
        words, tone = _PILLS[stage] if page else ("blocked", Tone.BAD)
        self.stage.say(words, tone)
        approved = stage is Stage.APPROVED
        self.new_version.setVisible(approved)
        self.copy.setVisible(approved)
        self.ask.setVisible(not approved and not approves)
        self.approve.setVisible(not approved and approves)
        for button in (self.ask, self.approve, self.save, self.print, self.copy):
            button.setEnabled(page)
        if stage is Stage.WAITING:
            self.ask.setEnabled(False)

    def say_saved(self, words: str, *, failed: bool = False) -> None:
        """Show "saving…", "saved 14:02", or that it was not."""
        self.saved.setText(words)
        self.saved.become("error" if failed else "quiet")
