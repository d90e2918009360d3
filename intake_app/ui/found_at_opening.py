"""What was found when the office was opened, over every page until it is read."""

from PySide6.QtWidgets import QWidget

from intake_app.store.office import Office
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import InlineMessage

READ = "I have read this"


class FoundAtOpening(InlineMessage):
    """The notices of an office; hidden where there are none."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.acted.connect(self._read)
        self.tell()

    def tell(self) -> None:
        """Show what is to be read; call it again when there is more."""
        if self._office.notices:
            tone = Tone.BAD if self._office.losses else Tone.SOON
            self.say("\n".join(self._office.notices), tone, READ)

    def _read(self) -> None:
        # A window that is made anew, for another look, shall not tell it again.
        self._office.notices = ()
        self.clear()
