"""Which panel stands in which section."""

from intake_app.core.casefile import Panel
from intake_app.ui.case_panel import CasePanel
from intake_app.ui.conflict_panel import ConflictPanel
from intake_app.ui.documents_panel import DocumentsPanel
from intake_app.ui.letters_panel import LettersPanel

PANELS: dict[Panel, type[CasePanel]] = {
    Panel.CONFLICTS: ConflictPanel,
    Panel.DOCUMENTS: DocumentsPanel,
    Panel.LETTERS: LettersPanel,
}
