"""The window: rail, white bar, one page at a time. It knows pages only as `Page`.

A window belongs to one unlocking. Locking hands everything typed over to be saved, forgets the
pages and says `locked`; `start.py` closes the office and shows the door. Its title never names
anybody.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app.core.roles import Act, may
from intake_app.store.office import Office
from intake_app.ui.case_keys import KEYS
from intake_app.ui.case_page import NEW
from intake_app.ui.find_box import FindBox
from intake_app.ui.jobs import Jobs
from intake_app.ui.lock_timer import LockTimer
from intake_app.ui.page import Page
from intake_app.ui.rail import Rail
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import InlineMessage, PrimaryButton, QuietButton, Words, dp

FIND_WIDTH = 485

_EVERYWHERE = (
    "Ctrl+K: find a person · Ctrl+N: new intake · Alt+1 to 7: pages · Esc: back · F9: blank the "
    "screen · Ctrl+Shift+L: lock · Ctrl and plus or minus: size of the text."
)


class MainWindow(QMainWindow):
    """The window of one member with one open office."""

    locked = Signal(bool)
    """All is handed over and forgotten; True where the screen was blanked and shall stay so."""

    woken = Signal()
    """Somebody touched the blanked screen."""

    looks_wanted = Signal(object)
    """Another `Theme` was chosen in the View menu."""

    notices_wanted = Signal(bool)
    """The View menu's switch for notices outside the window was turned."""

    renewed = Signal(bool)
    """Asked to `renew`: True where everything was handed over and a new window may take its
    place, False where it holds words that could not be saved."""

    closed = Signal()

    def __init__(
        self,
        jobs: Jobs,
        office: Office,
        pages: Sequence[Page],
        theme: Theme,
        lock_after: int,
        *,
        notices: bool = True,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Intake Desk")
        self._jobs, self.office = jobs, office
        self._pages = {page.key: page for page in pages}
        self._here = ""
        self._place: tuple[str, object] = ("", None)
        self._leaving = self._asked = ""
        self._way_back: list[str] = []
        self._watched = False
        self.rail = Rail(list(pages), office.member, theme, notices=notices)
        self.rail.page_wanted.connect(self.go)
        self.rail.lock_wanted.connect(self.lock)
        self.rail.looks_wanted.connect(self.looks_wanted)
        self.rail.notices_wanted.connect(self.notices_wanted)
        self.rail.keys_wanted.connect(self.say_keys)
        self.notice = InlineMessage()
        self.notice.acted.connect(partial(self.go, "desk"))
        self.message = InlineMessage()
        self.message.acted.connect(self._leave_anyway)
        self._lay_out()
        self.finder = self._find_box()
        self.timer = LockTimer(lock_after, self)
        self.timer.time_is_up.connect(self.lock_unattended)
        self.timer.minutes_left.connect(self.rail.say_minutes)
        jobs.busy_changed.connect(self._busy_changed)
        for page in pages:
            page.wanted.connect(self.go)
            page.themed(theme)
        self._set_up_keys()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._bars = QStackedWidget()
        self._bar = self._usual_bar()
        self._bars.addWidget(self._bar)
        self._bar_of: dict[str, QWidget] = {}
        for page in self._pages.values():
            self._stack.addWidget(page)
            own = page.bar()
            if own is not None:
                self._bars.addWidget(own)
                self._bar_of[page.key] = own
        bar = QFrame()
        bar.setProperty("is", "bar")
        bar.setFixedHeight(dp(52))
        inside = QHBoxLayout(bar)
        inside.setContentsMargins(dp(18), 0, dp(18), 0)
        inside.addWidget(self._bars)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(bar)
        right.addWidget(self.notice)
        right.addWidget(self.message)
        right.addWidget(self._stack, 1)
        frame = QWidget()
        frame.setProperty("is", "ground")
        whole = QHBoxLayout(frame)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self.cover = QFrame()
        self.cover.setProperty("is", "cover")
        self.cover.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cover.setAccessibleName("The screen is blank. Press a key to unlock.")
        self._outer = QStackedWidget()
        self._outer.addWidget(frame)
        self._outer.addWidget(self.cover)
        self.setCentralWidget(self._outer)
        self.resize(dp(1280), dp(820))

    def _usual_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        self._find_button = QuietButton("Find a person, A-number or booking number…", "find")
        self._find_button.setMaximumWidth(dp(FIND_WIDTH))
        self._find_button.setAccessibleName("Find a person")
        self._find_button.clicked.connect(lambda _checked: self.ask_find())
        keys = QHBoxLayout(self._find_button)
        keys.addStretch()
        hint = Words("Ctrl+K", "help")
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        keys.addWidget(hint)
        self.new = PrimaryButton("New intake")
        self.new.clicked.connect(lambda _checked: self.go("case", NEW))
        row.addWidget(self._find_button, 1)
        row.addStretch(1)
        row.addWidget(self.new)
        role = self.office.member.role
        self._find_button.setVisible(may(role, Act.READ_CASES))
        self.new.setVisible("case" in self._pages and may(role, Act.WRITE_CASES))
        return bar

    def _find_box(self) -> FindBox:
        box = FindBox(self._jobs, self.office, self)
        box.chosen.connect(partial(self.go, "case"))
        box.closed.connect(self._focus_page)
        return box

    def _set_up_keys(self) -> None:
        for keys, does in (
            ("Ctrl+K", self.ask_find),
            ("Ctrl+N", partial(self.go, "case", NEW)),
            ("Esc", self.go_back),
            ("Ctrl+Shift+L", self.lock),
            ("F9", self.blank),
            ("F1", self.say_keys),
            ("Ctrl++", partial(self.rail.resized, 1)),
            ("Ctrl+=", partial(self.rail.resized, 1)),
            ("Ctrl+-", partial(self.rail.resized, -1)),
            ("Ctrl+0", partial(self.rail.resized, 0)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)
        for key, button in self.rail.buttons.items():
            if button.keys:
                go = partial(self.go, key)
                QShortcut(QKeySequence(button.keys), self).activated.connect(go)

    # Going from page to page.

    def page(self, key: str) -> Page:
        """A page by its key; raise `KeyError` where there is none."""
        return self._pages[key]

    @property
    def place(self) -> tuple[str, object]:
        """The page in front and what to ask it for to show the same again."""
        page = self._pages.get(self._here)
        if page is not None:
            self._place = (self._here, page.showing())
        return self._place

    def go(self, key: str, what: object = None) -> None:
        """Bring a page to the front; one the member may not open stays where it is."""
        page = self._pages.get(key)
        if page is None or (
            page.needs is not None and not may(self.office.member.role, page.needs)
        ):
            self.rail.light_up(self._shelf())
            return
        before = self._pages.get(self._here)
        if before is not None:
            before.leave()
            if before is not page:
                self._way_back = [*self._way_back, before.key][-20:]
        self._here = key
        self.message.clear()
        if key == "desk":
            self.notice.clear()
        self.finder.close_box()
        self._stack.setCurrentWidget(page)
        self._bars.setCurrentWidget(self._bar_of.get(key, self._bar))
        self.rail.light_up(self._shelf())
        # The keyboard goes with the page; the page may put it into a field of its own.
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        page.show_for(self.office, what)

    def go_back(self) -> None:
        """Esc: close the find box, or go to the page this one came from."""
        if not self.finder.isHidden():
            self.finder.close_box()
            return
        while self._way_back:
            key = self._way_back.pop()
            if key != self._here:
                self.go(key)
                self._way_back.pop()
                return

    def _shelf(self) -> str:
        page = self._pages.get(self._here)
        return (page.stands_under or page.key) if page is not None else ""

    def ask_find(self) -> None:
        """Ctrl+K: bring up the find box."""
        if not may(self.office.member.role, Act.READ_CASES):
            return
        self._place_find()
        self.finder.ask()

    def _place_find(self) -> None:
        left = self.rail.width() + dp(18)
        wide = min(dp(FIND_WIDTH + 90), self.width() - left - dp(18))
        high = min(dp(380), self.height() - dp(20))
        self.finder.setGeometry(left - dp(8), dp(2), wide, high)

    def _focus_page(self) -> None:
        page = self._stack.currentWidget()
        if page is not None and self.focusWidget() is None:
            page.setFocus()

    # Looks and words.

    def themed(self, theme: Theme) -> None:
        """Colours have changed."""
        self.rail.themed(theme)
        for page in self._pages.values():
            page.themed(theme)

    def say_fault(self, sentence: str) -> None:
        """Say that the program made a mistake."""
        self.message.say(sentence, Tone.BAD)

    def say_keys(self) -> None:
        """F1: say what the keys do, here and in a case."""
        told = [f"{keys.replace('Return', 'Enter')}: {does}" for keys, does in KEYS.items()]
        self.message.say(f"{_EVERYWHERE} In a case, {' · '.join(told)}.", Tone.PLAIN)

    def say_notice(self, sentence: str) -> None:
        """Say that a deadline has come, until the desk is looked at."""
        self.notice.say(sentence, Tone.SOON, "Open the desk")

    # Locking and closing.

    def unsaved(self) -> str:
        """One sentence about words that are on a page and not in the file."""
        return next((said for page in self._pages.values() if (said := page.unsaved())), "")

    def lock(self) -> None:
        """Hand over what was typed, then forget everything and say `locked`."""
        self._leave("lock")

    def lock_unattended(self) -> None:
        """Lock although nobody is there to answer: words that can't be saved wait, covered."""
        self._leave("unattended")

    def blank(self) -> None:
        """F9: cover the screen at once, then lock."""
        self._outer.setCurrentWidget(self.cover)
        self.cover.setFocus()
        self._leave("blank")

    def renew(self) -> None:
        """Get ready to be replaced by a new window, where nothing typed would be lost."""
        self._leave("renew")

    def resume(self, office: Office) -> None:
        """Come back from behind the cover with the words that could not be saved."""
        self.office, self._leaving = office, ""
        self.finder.use(office)
        self._outer.setCurrentIndex(0)
        self.timer.start()
        self.show()
        self.go(self._here)

    @property
    def waiting(self) -> bool:
        """Whether it is locked and still holds words that could not be saved."""
        return self._leaving == "gone" and bool(self._pages)

    def _leave(self, why: str) -> None:
        if self._leaving:
            return
        self._leaving = why
        for page in self._pages.values():
            page.leave()
        if not self._jobs.busy:
            self._left()

    def _busy_changed(self, busy: bool) -> None:
        if not busy and self._leaving not in ("", "gone"):
            self._left()

    def _left(self) -> None:
        unsaved = self.unsaved()
        if unsaved and self._leaving in ("lock", "close", "renew"):
            self._asked, self._leaving = self._leaving, ""
            if self._asked == "renew":
                self.renewed.emit(False)
            else:
                self.message.say(unsaved, Tone.BAD, f"{self._asked.title()} without it")
            return
        self._gone(keep=bool(unsaved))

    def _leave_anyway(self) -> None:
        self._leaving = self._asked
        self._gone(keep=False)

    def _gone(self, *, keep: bool) -> None:
        why, self._leaving = self._leaving, "gone"
        self._place = self.place
        self.timer.stop()
        if why == "renew":
            self.renewed.emit(True)
            return
        self._outer.setCurrentWidget(self.cover)
        self.finder.close_box()
        if not keep:
            self._forget()
        if why == "close":
            self.closed.emit()
            self.close()
        else:
            self.locked.emit(why == "blank")

    def _forget(self) -> None:
        """Nothing of any client stays in a widget behind the cover."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        for bar in self._bar_of.values():
            self._bars.removeWidget(bar)
            bar.deleteLater()
        self._pages, self._bar_of = {}, {}

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when everything typed is on the disk."""
        if self._leaving == "gone":
            event.accept()
            return
        event.ignore()
        self._leave("close")

    # The cover, and who is there.

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch for touches."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None and not self._watched:
            self._watched = True
            handle.installEventFilter(self.timer)
            handle.installEventFilter(self)
            self.timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A touch of the blanked screen asks for the passphrase."""
        touches = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)
        if self._leaving == "gone" and event.type() in touches:
            f9 = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F9
            if not f9:
                self.woken.emit()
            return True
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the find box in its place."""
        super().resizeEvent(event)
        if not self.finder.isHidden():
            self._place_find()
