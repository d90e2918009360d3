"""The members of the office: who they are, what each may do, adding and deactivating."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.store.office import Member, Office
from intake_app.ui.desk_lists import rule
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.ui.passphrase_field import PassphraseField
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import (
    Card,
    InlineMessage,
    Pill,
    PrimaryButton,
    QuietButton,
    Words,
    dp,
)
from intake_app.workflows.manage_members import add_member, deactivate_member, list_members
from intake_app.workflows.reauthenticate import Proof

ROLES = {
    Role.VOLUNTEER: "takes intakes; sees no victim facts, writes no letters",
    Role.PARALEGAL: "takes intakes, sees everything, writes letters",
    Role.ATTORNEY: "as a paralegal; approves letters and checks authorities",
    Role.COORDINATOR: "counts and publishes summaries; can open no name",
    Role.ADMINISTRATOR: "everything, and manages members",
}


class MembersCard(Card):
    """For administrators. Everything happens on the page; nothing pops up."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("Members", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self.add = self.add_button("Add a member", self._open_form)
        self.message = InlineMessage()
        self.prove = PassphraseAgain(jobs, clock)
        self.prove.cancelled.connect(self._change_again)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(dp(14))
        self._grid.setVerticalSpacing(dp(6))
        self.form = self._make_form()
        self.body.addWidget(self._list)
        self.body.addWidget(self.form)
        self.body.addWidget(self.prove)
        self.body.addWidget(self.message)
        self.form.hide()

    def _make_form(self) -> QWidget:
        self.name = QLineEdit()
        self.login = QLineEdit()
        self.role = QComboBox()
        for role, words in ROLES.items():
            self.role.addItem(f"{role.value.capitalize()}: {words}", role)
        self.passphrase = PassphraseField(rate=True)
        self.again = PassphraseField()
        self.save = PrimaryButton("Add")
        self.cancel = QuietButton("Cancel")
        whole = QWidget()
        whole.setMaximumWidth(dp(620))
        form = PlainForm(whole)
        form.setContentsMargins(0, dp(8), 0, 0)
        form.ask("Name", self.name)
        form.ask("Login", self.login)
        form.ask("Role", self.role)
        form.ask("First passphrase", self.passphrase, help="The member changes it on this page.")
        form.ask("The same again", self.again)
        form.act(self.cancel, self.save)
        self.cancel.clicked.connect(self.close_form)
        self.save.clicked.connect(self._add)
        self.again.entered.connect(self._add)
        return whole

    def show_for(self, office: Office) -> None:
        """Read the members anew; an open form stays as it is."""
        self._office = office
        self._jobs.run(partial(list_members, office), self._show, self._failed)

    def _show(self, members: tuple[Member, ...]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for column, head in enumerate(("Name", "Login", "Role", "May", "")):
            self._grid.addWidget(Words(head, "column"), 0, column)
        self._grid.setColumnStretch(3, 1)
        self._grid.addWidget(rule(), 1, 0, 1, 5)
        own = self._office.member.id if self._office else 0
        for number, member in enumerate(members):
            at = 2 + 2 * number
            kind = "plain" if member.active else "quiet"
            self._grid.addWidget(Words(member.name, "strong" if member.active else kind), at, 0)
            self._grid.addWidget(Words(member.login, kind), at, 1)
            self._grid.addWidget(Pill(member.role.value), at, 2, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(Words(ROLES[member.role], "quiet", wrap=True), at, 3)
            if not member.active:
                self._grid.addWidget(Words("deactivated", "quiet"), at, 4)
            elif member.id == own:
                self._grid.addWidget(Words("you", "quiet"), at, 4)
            else:
                button = QuietButton("Deactivate", "small")
                button.setAccessibleName(f"Deactivate {member.name}")
                button.clicked.connect(partial(self._deactivate, member))
                self._grid.addWidget(button, at, 4)
            self._grid.addWidget(rule(), at + 1, 0, 1, 5)

    def _open_form(self) -> None:
        self.message.clear()
        self.prove.put_away()
        self.form.show()
        self.add.hide()
        self.name.setFocus()

    def leave(self) -> None:
        """No passphrase stays; name, login and role wait in an open form."""
        self.prove.forget()
        self._forget_passphrases()
        self._change_again()

    def close_form(self) -> None:
        """Put the form away; nothing typed stays in it."""
        for field in (self.name, self.login):
            field.clear()
        self._forget_passphrases()
        self._change_again()
        self.form.hide()
        self.add.show()

    def _forget_passphrases(self) -> None:
        self.passphrase.clear()
        self.again.clear()

    def _add(self) -> None:
        if self._office is None or not self.form.isEnabled():
            return
        if self.passphrase.text() != self.again.text():
            self.message.say("The two passphrases are not the same. Type them again.")
            self.again.setFocus()
            return
        self.message.clear()
        self.form.setEnabled(False)
        role = Role(self.role.currentData())  # Qt gives back a plain word
        self.prove.ask(
            self._office,
            f"{self.name.text().strip() or 'The new member'} will open this office as "
            f"{'an' if role.value[0] in 'aeiou' else 'a'} {role.value}: {ROLES[role]}.",
            partial(self._add_with, role),
            "Add the member",
        )

    def _add_with(self, role: Role, proof: Proof) -> None:
        if self._office is None:
            return
        work = partial(
            add_member,
            self._office,
            self.login.text(),
            self.name.text(),
            role,
            self.passphrase.text(),
            proof,
            self._clock(),
        )
        self._jobs.run(work, self._added, self._failed)

    def _added(self, member: Member) -> None:
        self.close_form()
        if self._office is not None:
            self.show_for(self._office)
        self.message.say(
            f"{member.name} can open the office now, with the login {member.login}.", Tone.GOOD
        )

    def _deactivate(self, member: Member, _checked: bool = False) -> None:
        if self._office is None:
            return
        self.message.clear()
        self._change_again()
        self.prove.ask(
            self._office,
            f"{member.name} will not be able to open this office any more. The name stays in the "
            "history.",
            partial(self._deactivate_with, member.login),
            "Deactivate",
        )

    def _deactivate_with(self, login: str, proof: Proof) -> None:
        if self._office is not None:
            work = partial(deactivate_member, self._office, login, proof, self._clock())
            self._jobs.run(work, self._deactivated, self._failed)

    def _deactivated(self, _nothing: None) -> None:
        self.message.say("Deactivated. The member’s passphrase opens nothing any more.", Tone.GOOD)
        if self._office is not None:
            self.show_for(self._office)

    def _change_again(self) -> None:
        self.form.setEnabled(True)

    def _failed(self, error: AppError) -> None:
        self._change_again()
        self.message.say(error.sentence)
