"""Paragraphs as they are typed, put back and left out."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from intake_app.core.letters.edited import EditProblem
from intake_app.core.letters.options import Edit
from intake_app.core.letters.rules import Blocker, WhoCanOpen
from intake_app.documents.letter_template import Block, Paragraph, Run, plain_runs
from intake_app.ui.letter_paragraphs import (
    ParagraphsCard,
    in_one_line,
    pieces_of,
    starred,
    with_edit,
)
from intake_app.ui.tab_order import move_on, next_stop

PLAIN = Paragraph(Block.TEXT, (Run("In "), Run("Galarza", italic=True), Run(" it held.")), key="12")
QUOTED = Paragraph(Block.QUOTATION, (Run("do not compel"),), key="9")


def test_italics_survive_typing() -> None:
    assert starred(PLAIN) == "In *Galarza* it held."
    assert plain_runs(starred(PLAIN)) == PLAIN.runs


def test_a_line_of_the_list_shows_no_marks() -> None:
    assert in_one_line("In *Galarza*\nit held.") == "In Galarza it held."
    table = Paragraph(Block.TABLE, (Run("x"),), key="5", rows=(("What", "When"), ("Bail", "Now")))
    assert in_one_line(starred(table)) == "What · When Bail · Now"


def test_pieces_stand_in_the_order_of_the_letter_even_left_out_ones() -> None:
    edits = (Edit("10", "Thank you.", ""),)
    found = pieces_of((QUOTED, PLAIN), edits, {})
    assert [(one.key, one.fixed) for one in found] == [("9", "quotation"), ("10", ""), ("12", "")]
    assert found[1].stands == "Thank you."


def test_the_very_words_that_stand_there_are_no_edit() -> None:
    (piece,) = pieces_of((PLAIN,), (), {})
    edits = with_edit((), piece, "Other words.")
    assert edits == (Edit("12", "In *Galarza* it held.", "Other words."),)
    assert with_edit(edits, piece, "In *Galarza* it held.") == ()
    assert with_edit(edits, piece, None) == ()


def test_words_edited_before_the_facts_changed_can_be_kept_edited_or_put_back(
    qtbot: QtBot,
) -> None:
    old = Edit("12", "In *Galarza* it held.", "My own words.")
    problem = EditProblem("12", Blocker("EDIT_OLD", "It changed.", WhoCanOpen.CASEWORKER), False,
                          "In Morales it held.")  # fmt: skip
    card = ParagraphsCard()
    qtbot.addWidget(card)
    heard: list[tuple[Edit, ...]] = []
    card.edited.connect(heard.append)
    card.show_paragraphs(
        (replace(PLAIN, runs=plain_runs(old.now), edited=True),), (old,), (problem,)
    )
    row = card.rows["12"]
    row.toggle()
    assert not row.acts.keep.isHidden()
    row.acts.keep.click()
    assert heard[-1] == (Edit("12", "In Morales it held.", "My own words."),)
    assert row.acts.keep.isHidden()
    row.acts.back.click()
    assert not heard[-1]


class _Window(ParagraphsCard):
    """A window of its own, in which Tab goes as in the window of the program."""

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_on(self, forward=forward)


def test_tab_goes_from_an_opened_paragraph_along_what_can_be_done_with_it(qtbot: QtBot) -> None:
    card = _Window()
    qtbot.addWidget(card)
    card.show_paragraphs((replace(PLAIN, key="1"), replace(PLAIN, key="2")), (), ())
    card.show()
    row = card.rows["1"]
    row.button.click()
    assert row.editor is not None
    went: list[QWidget | None] = [row.editor]
    row.editor.setFocus()
    for _ in range(3):
        QTest.keyClick(went[-1] or card, Qt.Key.Key_Tab)
        went.append(card.focusWidget())
    assert next_stop(card, forward=False) is row.acts.done
    assert went == [row.editor, row.acts.out, row.acts.done, card.rows["2"].button]
