"""What stands in a section of a case beside its questions: the conflict check, documents."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.core.case import CaseFile
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.section_notes import Note


class CasePanel(QWidget):
    """A panel of the case page. Made once for each unlocking; serves one case after another.

    It reads and writes the office only through `jobs` and shows its own errors.
    """

    noted = Signal(object)
    """What now stands beside the section's title: a `Note`."""

    wanted = Signal(str, object)
    """Another page of the window is wanted, as in `Page.wanted`."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.clock = clock

    def show_case(self, office: Office, case: CaseFile, *, other: bool) -> None:
        """The case was opened (`other`: not the one shown before), or answers of it changed."""

    def came_to_front(self) -> None:
        """Its section was opened: the moment to read what takes long."""

    def focus_first(self) -> None:
        """Put the keyboard into its first control."""
        self.setFocus()

    def flush(self) -> None:
        """Hand over to be saved whatever is half-typed."""

    def forget(self) -> None:
        """Let go of everything of the case shown."""

    def note(self) -> Note:
        """What stands beside the section's title now."""
        return Note()
