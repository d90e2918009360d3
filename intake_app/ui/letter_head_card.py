"""The first card beside a letter: its kind and language, to whom it goes, who signs it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.core.letters.kinds import LetterKind, Recipient
from intake_app.core.letters.options import LetterOptions, Signer
from intake_app.ui.letter_addressee import AddresseePart, narrow_combo
from intake_app.ui.letter_signer import SignerPart
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, Words, dp
from intake_app.workflows.read_letter_page import LetterLook

LANGUAGES = {"en": "English", "es": "Spanish", "ht": "Haitian Creole"}


class LetterHeadCard(Card):
    """What every letter is asked first."""

    kind_chosen = Signal(str)

    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Letter", parent)
        self.kind = narrow_combo("Kind")
        self.why = Words("", "help", wrap=True)
        self.language = narrow_combo("Language")
        self.form = PlainForm()
        self.body.addLayout(self.form)
        self.form.ask("Kind", self.kind)
        self.form.addRow(Words(""), self.why)
        self.form.ask("Language", self.language)
        self.to, self.signer = AddresseePart(self), SignerPart(self)
        for words, part in (("To", self.to), ("Signed by", self.signer)):
            label = self.form.ask(words, part)
            label.setBuddy(part.combo)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, dp(7), 0, 0)
        self.kind.activated.connect(lambda _row: self.kind_chosen.emit(self.kind.currentData()))
        self.language.activated.connect(
            lambda _row: self.language_chosen.emit(self.language.currentData())
        )

    def start_over(self, kinds: Sequence[LetterKind], kind: str, why: str) -> None:
        """Offer the kinds for another letter."""
        self.kind.clear()
        for one in kinds:
            self.kind.addItem(one.title, one.key)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.why.setText(why)
        self.form.setRowVisible(self.why, bool(why))
        self.to.start_over()
        self.signer.start_over()

    def show_look(
        self, look: LetterLook, options: LetterOptions, signers: Sequence[Signer]
    ) -> None:
        """Show whom it goes to and who signs, as things stand."""
        kind, known = look.letter.kind, look.letter.known
        self.form.setRowVisible(self.language, len(kind.languages) > 1)
        self.language.clear()
        for one in kind.languages:
            self.language.addItem(LANGUAGES.get(one, one), one)
        self.language.setCurrentIndex(self.language.findData(known.language))
        # Only safe contact says where a client may be written to.
        self.form.setRowVisible(self.to, kind.to is not Recipient.CLIENT)
        self.to.show_addressee(options.addressee, known.addressee, look.addressees)
        self.signer.show_signer(options.signer, known.signer, signers)
