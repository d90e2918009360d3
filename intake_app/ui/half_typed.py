"""What stands in forms that are saved by a button of their own, when the program locks.

Such words are no answer yet. They go with the form; which fields they stood in is told to whoever
typed them, by the fields' names alone.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from intake_app.ui.form_view import FormView
from intake_app.ui.page import Page


def half_typed(pages: Iterable[Page]) -> str:
    """One sentence for the next time she comes in; empty where nothing is lost.

    Questions of a case save themselves, and so does a letter; what is being looked for is no loss.
    """
    found = [
        f"“{_name(page, field)}” ({page.words})"
        for page in pages
        if not page.saves_itself
        for field in _typed_into(page)
        if field.isVisibleTo(page) and not _in_a_case(field)
    ]
    if not found:
        return ""
    return (
        f"When the program locked, this was typed and not saved: {', '.join(found)}. Nothing of "
        "it was kept; type it once more."
    )


def _typed_into(page: Page) -> Iterator[QWidget]:
    for line in page.findChildren(QLineEdit):
        shown = line.echoMode() is QLineEdit.EchoMode.Normal
        # What can be cleared with one click is looked for, not written.
        if shown and not line.isClearButtonEnabled() and line.isModified() and line.text().strip():
            yield line
    for box in page.findChildren(QPlainTextEdit):
        if box.document().isModified() and not box.isReadOnly() and box.toPlainText().strip():
            yield box


def _in_a_case(field: QWidget) -> bool:
    above = field.parentWidget()
    while above is not None and not isinstance(above, FormView):
        above = above.parentWidget()
    return above is not None


def _name(page: QWidget, field: QWidget) -> str:
    labels = (one.text() for one in page.findChildren(QLabel) if one.buddy() is field)
    return field.accessibleName() or next(labels, "") or "a field"
