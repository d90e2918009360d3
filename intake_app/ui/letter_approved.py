"""An approved letter beside its page: who approved what and when; nothing of it changes."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from intake_app.core.casefile import Contact
from intake_app.core.letters.kinds import Recipient
from intake_app.core.vocabulary import YesNo
from intake_app.store.letters import KeptLetter
from intake_app.ui.desk_lists import NameButton
from intake_app.ui.library_rows import day
from intake_app.ui.widgets import Card, QuietButton, Words, dp, empty
from intake_app.workflows.read_letter_page import LetterStart

_PLAIN_ONLY = "This client asked for plain envelopes: nothing outside may show who sends it."


class ApprovedCard(Card):
    """What the approval froze."""

    entry_wanted = Signal(str)

    sending_wanted = Signal()
    """Sending and the answer are recorded in the register of letters."""

    envelope_wanted = Signal(bool)
    """Whether it is to be plain, without the office's return address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Approved", parent)

    def show_letter(self, kept: KeptLetter, zone: str, *, plain_only: bool = False) -> None:
        """Show what is kept of it. plain_only: as `plain_only` says; then nobody can change it."""
        empty(self.body)
        at = kept.approved_at.astimezone(ZoneInfo(zone)) if kept.approved_at else None
        when = f" on {day(at.date())} at {at:%H:%M}" if at else ""
        self._say(f"Approved by {kept.approved_by}{when}. Version {kept.version}.")
        if kept.destroyed_at is not None:
            gone = kept.destroyed_at.astimezone(ZoneInfo(zone)).date()
            self._say(f"Its words and page were destroyed on {day(gone)}: their time was over.")
            self._say(f"Sent {day(kept.sent_on)}." if kept.sent_on else "Not sent.")
            self.show()
            return
        self._say(
            "Its text, page, authorities and consents are kept as they were. A change needs a new "
            "version.",
            "help",
        )
        self._say(f"Sent {day(kept.sent_on)}." if kept.sent_on else "Not sent yet.")
        record = QuietButton("Record sending or the answer", "small")
        record.clicked.connect(lambda _checked: self.sending_wanted.emit())
        envelope = QuietButton("Envelope…", "small")
        plain = QCheckBox("Plain envelope, no return address")
        plain.setAccessibleName("Plain envelope, without the office’s return address")
        plain.setChecked(plain_only)
        plain.setEnabled(not plain_only)
        envelope.clicked.connect(lambda _checked: self.envelope_wanted.emit(plain.isChecked()))
        row = QHBoxLayout()
        row.setSpacing(dp(8))
        row.addWidget(record)
        row.addWidget(envelope)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(plain)
        for one in kept.overrides:
            self._head("Set aside")
            self._say(f"{one.why} Reason: {one.reason}")
        if kept.consents:
            self._head("Consents that opened its facts")
        for consent in kept.consents:
            self._say(
                f"{consent.group.label}, to {consent.recipient}: signed {day(consent.signed_on)}, "
                f"ends {day(consent.ends_on)}"
            )
        if kept.authorities:
            self._head("Authorities, and when each was last checked")
        for cited in kept.authorities:
            checked = f"{cited.short_name} · checked {day(cited.verified_on)}"
            name = NameButton(checked, f"Read {cited.short_name} in the library")
            name.clicked.connect(partial(self._open, cited.id))
            self.body.addWidget(name)
        self.show()

    def _head(self, words: str) -> None:
        self.body.addSpacing(dp(6))
        self.body.addWidget(Words(words, "heading"))

    def _say(self, words: str, kind: str = "plain") -> None:
        self.body.addWidget(Words(words, kind, wrap=True))

    def _open(self, entry: str, _checked: bool = False) -> None:
        self.entry_wanted.emit(entry)


def plain_only(start: LetterStart) -> bool:
    """Whether it is a letter to a client who asked for plain envelopes only."""
    to_client = {one.key for one in start.kinds if one.to is Recipient.CLIENT}
    return start.kind in to_client and start.case.one(Contact).no_letterhead is YesNo.YES
