"""How many survey responses there are, for those who publish; small numbers are withheld."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD
from intake_app.ui.widgets import Card, EmptyLine, Words, dp, empty
from intake_app.workflows.count_survey import QuarterCount


class SurveyCountCard(Card):
    """One line for each quarter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Responses kept", parent)

    def show_counts(self, counts: tuple[QuarterCount, ...]) -> None:
        """Show them, the newest quarter first."""
        empty(self.body)
        if not counts:
            self.body.addWidget(
                EmptyLine(
                    "No response was kept yet. Volunteers, paralegals and attorneys take them on "
                    "this page."
                )
            )
        for count in counts:
            row = QHBoxLayout()
            row.setSpacing(dp(8))
            year, quarter = count.quarter.split("-")
            row.addWidget(Words(f"{quarter} {year}", "strong"))
            row.addStretch(1)
            row.addWidget(Words(_said(count), "plain" if count.responses else "quiet"))
            self.body.addLayout(row)
        self.body.addWidget(
            Words(
                f"A number under {DEFAULT_THRESHOLD} is withheld, and that of a quarter is told "
                "when it is over.",
                "help",
                wrap=True,
            )
        )


def _said(count: QuarterCount) -> str:
    if count.running:
        return "not over yet"
    return "withheld" if count.responses is None else f"{count.responses:,}"
