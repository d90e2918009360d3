"""The dark rail at the left: the pages, who is signed in, when it locks, how it looks."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from intake_app.core.roles import Role, may
from intake_app.store.office import Member
from intake_app.ui.page import Page
from intake_app.ui.theme import PALETTES, SCALES, Theme, icon
from intake_app.ui.widgets import ElidedWords, Words, dp

ORDER = ("desk", "cases", "letters", "reports", "authorities", "office", "survey")
WIDTH = 176


class RailButton(QPushButton):
    """One page. Locked, it can't be pressed and says who may."""

    def __init__(self, page: Page | type[Page], place: int, locked: bool) -> None:
        super().__init__(f" {page.words}")
        self.setProperty("is", "rail")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setEnabled(not locked)
        self._icon, self._locked = page.icon or page.key, locked
        keys = f"Alt+{place}"
        self.keys = "" if locked else keys
        if locked and page.needs is not None:
            who = ", ".join(role.value for role in Role if may(role, page.needs))
            self.setToolTip(f"For: {who}")
            self.setAccessibleName(f"{page.words}, locked; for {who}")
        else:
            self.setToolTip(keys)
            self.setAccessibleName(page.words)

    def themed(self, theme: Theme) -> None:
        """Draw the icon in the colours of the rail."""
        names = theme.palette
        colour = names.rail_locked if self._locked else names.rail_text
        drawn = "lock" if self._locked else self._icon
        self.setIcon(icon(drawn, colour, theme.dp(17), names.on_rail))
        self.setIconSize(QSize(theme.dp(17), theme.dp(17)))


class Rail(QFrame):
    """Pages on top, the member below."""

    page_wanted = Signal(str)
    lock_wanted = Signal()
    looks_wanted = Signal(object)
    """The member chose another `Theme`."""

    keys_wanted = Signal()
    notices_wanted = Signal(bool)
    """The member wants notices of deadlines outside the window, or not."""

    def __init__(
        self,
        pages: Sequence[Page | type[Page]],
        member: Member,
        theme: Theme,
        *,
        notices: bool = True,
    ) -> None:
        super().__init__()
        self.setProperty("is", "rail")
        self.setFixedWidth(dp(WIDTH))
        self._theme = theme
        self._notices = notices
        self.buttons: dict[str, RailButton] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(10), dp(16), dp(10), dp(12))
        whole.setSpacing(dp(2))
        brand = Words("Intake Desk", "brand")
        brand.setContentsMargins(dp(10), 0, 0, dp(10))
        whole.addWidget(brand)
        listed = sorted((p for p in pages if p.key in ORDER), key=lambda p: ORDER.index(p.key))
        for page in listed:
            locked = page.needs is not None and not may(member.role, page.needs)
            button = RailButton(page, ORDER.index(page.key) + 1, locked)
            button.clicked.connect(partial(self._pressed, page.key))
            self.buttons[page.key] = button
            whole.addWidget(button)
        whole.addStretch()
        whole.addWidget(self._foot(member))
        self.themed(theme)

    def _foot(self, member: Member) -> QWidget:
        foot = QWidget()
        who = ElidedWords("", "member")
        who.say(f"{member.name} · {member.role.value}")
        self.locks = Words("", "member")
        self.lock = QPushButton("Lock")
        self.lock.setAccessibleName("Lock the office")
        self.lock.setToolTip("Ctrl+Shift+L")
        self.lock.clicked.connect(lambda _checked: self.lock_wanted.emit())
        self.view = QPushButton("View ▾")
        self.view.setAccessibleName("View: text size, colours, notices, keys")
        self.view.setMenu(self._menu())
        for button in (self.lock, self.view):
            button.setProperty("is", "rail_link")
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(dp(6), 0, 0, 0)
        rows.setSpacing(dp(2))
        who.setContentsMargins(dp(4), 0, 0, 0)
        self.locks.setContentsMargins(dp(4), 0, 0, 0)
        look = QHBoxLayout()
        look.setContentsMargins(dp(3), 0, 0, 0)
        look.addWidget(self.view)
        look.addStretch()
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.locks)
        line.addWidget(self.lock)
        line.addStretch()
        rows.addLayout(look)
        rows.addSpacing(dp(6))
        rows.addWidget(who)
        rows.addLayout(line)
        return foot

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        sizes = QActionGroup(menu)
        self.sizes: dict[int, QAction] = {}
        for scale in SCALES:
            action = sizes.addAction(f"Text size {scale} %")
            action.setCheckable(True)
            action.triggered.connect(partial(self._sized, scale))
            self.sizes[scale] = action
            menu.addAction(action)
        menu.addSeparator()
        looks = QActionGroup(menu)
        self.palettes: dict[str, QAction] = {}
        for palette in PALETTES:
            action = looks.addAction(palette.title)
            action.setCheckable(True)
            action.triggered.connect(partial(self._coloured, palette.key))
            self.palettes[palette.key] = action
            menu.addAction(action)
        menu.addSeparator()
        self.notices = menu.addAction("Deadline notices outside the window")
        self.notices.setCheckable(True)
        self.notices.setChecked(self._notices)
        self.notices.setToolTip("They say that time runs out; never whose, or where.")
        self.notices.toggled.connect(self.notices_wanted)
        menu.addSeparator()
        menu.addAction("Keys (F1)").triggered.connect(self.keys_wanted)
        menu.setToolTipsVisible(True)
        return menu

    def light_up(self, key: str) -> None:
        """Show which page is in front."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def say_minutes(self, minutes: int) -> None:
        """Say when it locks."""
        self.locks.setText(f"Locks in {minutes} min ·")

    def themed(self, theme: Theme) -> None:
        """Follow the colours."""
        self._theme = theme
        for button in self.buttons.values():
            button.themed(theme)
        for scale, action in self.sizes.items():
            action.setChecked(scale == theme.scale)
        for key, action in self.palettes.items():
            action.setChecked(key == theme.palette.key)

    def resized(self, step: int) -> None:
        """The next larger (1) or smaller (-1) text; 0 for the usual one."""
        sizes = list(SCALES)
        here = min(range(len(sizes)), key=lambda i: abs(sizes[i] - self._theme.scale))
        place = min(max(here + step, 0), len(sizes) - 1)
        self._sized(sizes[place] if step else 100)

    def _sized(self, scale: int, _checked: bool = False) -> None:
        if scale != self._theme.scale:
            self.looks_wanted.emit(Theme(self._theme.palette, scale))

    def _coloured(self, key: str, _checked: bool = False) -> None:
        palette = next(palette for palette in PALETTES if palette.key == key)
        self.looks_wanted.emit(Theme(palette, self._theme.scale))

    def _pressed(self, key: str, _checked: bool = False) -> None:
        self.page_wanted.emit(key)
