"""The office itself: name, state, time zone and where its folder is."""

from PySide6.QtWidgets import QWidget

from intake_app.core.vocabulary import State
from intake_app.store.office import Office
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, Words
from intake_app.ui.zones import zone_words


class OfficeProfileCard(Card):
    """Only tells; the name is changed with the letterhead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The office", parent)
        self.name, self.state, self.zone = Words(wrap=True), Words(), Words()
        self.folder = Words(wrap=True)
        form = PlainForm()
        for label, field in (
            ("Name", self.name),
            ("State", self.state),
            ("Time zone", self.zone),
            ("Folder", self.folder),
        ):
            form.tell(label, field)
        self.body.addLayout(form)

    def show_for(self, office: Office) -> None:
        """Tell about this office."""
        profile = office.profile
        self.name.setText(profile.name)
        self.state.setText(State.of(profile.state).label)
        self.zone.setText(zone_words(profile.zone))
        self.folder.setText(str(office.folder))

    def leave(self) -> None:
        """There is nothing to put away."""
