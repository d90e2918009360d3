"""What stands in the white bar on top of most pages: the way to find a person, and a new intake."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.core.roles import Act, Role, may
from intake_app.ui.widgets import PrimaryButton, QuietButton, Words, dp

FIND_WIDTH = 485


class FindBar(QWidget):
    """Shows a member only what she may do. may_start: whether there is a page for an intake."""

    find_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, role: Role, *, may_start: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        find = QuietButton("Find a person, A-number or booking number…", "find")
        find.setMaximumWidth(dp(FIND_WIDTH))
        find.setAccessibleName("Find a person")
        find.clicked.connect(lambda _checked: self.find_wanted.emit())
        keys = QHBoxLayout(find)
        keys.addStretch()
        hint = Words("Ctrl+K", "help")
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        keys.addWidget(hint)
        self.new = PrimaryButton("New intake")
        self.new.clicked.connect(lambda _checked: self.new_wanted.emit())
        row.addWidget(find, 1)
        row.addStretch(1)
        row.addWidget(self.new)
        find.setVisible(may(role, Act.READ_CASES))
        self.new.setVisible(may_start and may(role, Act.WRITE_CASES))
