"""What stands in forms that are saved by a button of their own, and what becomes of it.

Such words are no answer yet. They wait in the form while another page or section is looked at.
When the program locks or closes they go with the form; which fields they stood in is told to
whoever typed them, by the fields' names alone.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from intake_app.ui.form_view import FormView
from intake_app.ui.page import Page
from intake_app.ui.widgets import InlineMessage


def half_typed(pages: Iterable[Page]) -> str:
    """The names of the fields, with their pages; empty where nothing would be lost.

    Questions of a case save themselves, and so does a letter; what is being looked for is no loss.
    """
    return ", ".join(
        f"“{_name(page, field)}” ({page.words})"
        for page in pages
        if not page.saves_itself
        for field in _typed_into(page)
        if not _put_away(page, field) and not _in_a_case(field)
    )


def in_the_way(form: QWidget, message: InlineMessage) -> bool:
    """Whether words typed in an open form keep it from being filled anew; if so, `message` says."""
    typed = not form.isHidden() and next(_typed_into(form), None) is not None
    if typed:
        message.say("Something else is half typed in the form. Save it or cancel it first.")
    return typed


def said_after_lock(fields: str) -> str:
    """For the next time she comes in; empty without fields."""
    if not fields:
        return ""
    return (
        f"When the program locked, this was typed and not saved: {fields}. Nothing of it was "
        "kept; type it once more."
    )


def said_before(leaving: str, fields: str) -> str:
    """While the words still stand there; empty without fields. leaving: “close”, “leave”."""
    if not fields:
        return ""
    return f"Typed and not saved yet: {fields}. Save it there, or {leaving} without it."


def kept(*fields: QLineEdit | QPlainTextEdit) -> None:
    """What stands in these fields is in the file now, or was let go of."""
    for field in fields:
        _state(field).setModified(False)


def show_saved(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    """Show what is in the file, read anew; words being typed there stay."""
    if _state(field).isModified():
        return
    if isinstance(field, QLineEdit):
        field.setText(words)
    else:
        field.setPlainText(words)


def _state(field: QLineEdit | QPlainTextEdit) -> QLineEdit | QTextDocument:
    return field if isinstance(field, QLineEdit) else field.document()


def _typed_into(page: QWidget) -> Iterator[QWidget]:
    for line in page.findChildren(QLineEdit):
        shown = line.echoMode() is QLineEdit.EchoMode.Normal
        # What can be cleared with one click is looked for, not written.
        if shown and not line.isClearButtonEnabled() and line.isModified() and line.text().strip():
            yield line
    for box in page.findChildren(QPlainTextEdit):
        if box.document().isModified() and not box.isReadOnly() and box.toPlainText().strip():
            yield box


def _put_away(page: Page, field: QWidget) -> bool:
    """Whether its form was closed; a view that only has another one before it is still there."""
    above: QWidget | None = field
    while above is not None and above is not page:
        if above.isHidden() and not isinstance(above.parentWidget(), QStackedWidget):
            return True
        above = above.parentWidget()
    return False


def _in_a_case(field: QWidget) -> bool:
    above = field.parentWidget()
    while above is not None and not isinstance(above, FormView):
        above = above.parentWidget()
    return above is not None


def _name(page: QWidget, field: QWidget) -> str:
    labels = (one.text() for one in page.findChildren(QLabel) if one.buddy() is field)
    return field.accessibleName() or next(labels, "") or "a field"
