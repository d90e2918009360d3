"""The disclosure check in plain words: what is withheld, what was tried, what goes out."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.core.disclosure.withholding import DEFAULT_THRESHOLD
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Pill, Words
from intake_app.workflows.release_summary import Summary


class DisclosureCard(Card):
    """The right side of the reports page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Disclosure check", parent)
        self.pill = Pill()
        row = QHBoxLayout()
        row.addWidget(self.pill)
        row.addStretch(1)
        self.body.addLayout(row)
        self.words = Words("", "quiet", wrap=True)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def say_working(self) -> None:
        """The figures are being worked out."""
        self.pill.say("working…", Tone.PLAIN)
        self.words.setText("Choosing what to withhold, then trying to work it out all the same.")

    def say_refused(self) -> None:
        """Nothing may be shown; the page says why."""
        self.pill.say("not safe", Tone.BAD)
        self.words.setText("No figure of this table is shown, and none can be published.")

    def say(self, summary: Summary) -> None:
        """What was done to this table."""
        table, checked = summary.table, summary.confirmation
        before = summary.published_before
        self.pill.say("published before" if before else "safe to publish", Tone.GOOD)
        total = table.cells[-1][-1]
        cases = "Number of cases withheld" if total is None else f"{total:,} cases, not people"
        earlier = (
            f" and {checked.earlier_figures:,} figures of {checked.earlier_releases} earlier "
            f"{'summary' if checked.earlier_releases == 1 else 'summaries'}"
            if checked.earlier_releases
            else ""
        )
        tried = checked.cells_attacked
        shown = table.figures - table.withheld
        paragraphs = [
            f"{cases}\n{shown:,} figures shown, {table.withheld:,} withheld",
            "s = withheld to protect people; may be small or large. A 0 is shown as 0.",
            f"Checked against these{earlier}: no group smaller than {DEFAULT_THRESHOLD} can be "
            f"worked out. {tried:,} {'try' if tried == 1 else 'tries'}, {checked.failures} came "
            "through.",
            "Goes into the files: the table, its dates, the rules and the version.\n"
            "Never: names, dates of birth, case numbers.",
            "These very figures were published before; they will be the same again."
            if before
            else "What is published is kept for good: later summaries must not contradict it.",
        ]
        self.words.setText("\n\n".join(paragraphs))
