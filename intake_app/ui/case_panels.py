"""Which panel stands in which section."""

from intake_app.core.casefile import Panel
from intake_app.ui.case_panel import CasePanel

PANELS: dict[Panel, type[CasePanel]] = {}
