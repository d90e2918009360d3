"""What this program does not do, said where everybody can read it."""

from PySide6.QtWidgets import QWidget

from intake_app.store.office import Office
from intake_app.ui.widgets import Card, Words

LIMITS = (
    "It gives no legal advice. Letters and clocks are drafts for a lawyer to check: law changes, "
    "and an entry of the library may be old or wrong.",
    "It keeps the office shut against whoever takes the folder or the computer while it is off. "
    "It can’t protect an unlocked computer, or one with spying software on it.",
    "Backups on the same disk are lost with it. Choose a second folder on another disk under "
    "Backups, and keep the recovery sheet apart from both.",
    "A forgotten passphrase and a lost recovery sheet together mean that the file stays shut for "
    "ever. Nobody can open it, not even we.",
    "One computer at a time opens an office. It does not share it over a network.",
    "A published summary keeps groups under 11 hidden. It can’t protect against somebody who "
    "already knows most of the people in a row.",
    "A survey response has no name, no case and no day with it. But somebody who can open two "
    "copies of the office, one from before and one from after, sees what came between; and where "
    "a quarter has only one or two responses, their answers may be enough to guess whose they are.",
)


class LimitsCard(Card):
    """One sentence or two for each limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What this program does not do", parent)
        for limit in LIMITS:
            self.body.addWidget(Words(f"· {limit}", wrap=True))

    def show_for(self, _office: Office) -> None:
        """The same for every office."""

    def leave(self) -> None:
        """There is nothing to put away."""
