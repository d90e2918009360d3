"""What became of each case of a batch of letters, as a table."""

from PySide6.QtCore import QModelIndex
from typing_extensions import override

from intake_app.ui.desk_lists import listed_as
from intake_app.ui.row_table import RowTable
from intake_app.ui.theme import Tone
from intake_app.workflows.write_batch import Became, Outcome

HEADS = ("", "Person", "Letter", "Why not")
TONES = {
    Became.WRITTEN.value: Tone.GOOD,
    Became.BLOCKED.value: Tone.BAD,
    Became.THERE.value: Tone.PLAIN,
}


class BatchResults(RowTable):
    """Rows of `Outcome`; they only ever grow at the end."""

    rows: list[Outcome]

    def add(self, more: list[Outcome]) -> None:
        """Show further ones below."""
        if more:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
            self.rows += more
            self.endInsertRows()

    @override
    def words(self, row: Outcome, column: int) -> str:
        return (row.became.value, listed_as(row), row.title, " ".join(row.why))[column]
