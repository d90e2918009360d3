"""The window: rail, white bar, one page at a time. It knows pages only as `Page`.

A window belongs to one unlocking. Locking hands everything typed over to be saved, forgets the
pages and says `locked`; `start.py` closes the office and shows the door. Its title never names
anybody.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
    QWindow,
)
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
from intake_app.right_of_way import window_works
from intake_app.store.office import Office
from intake_app.ui.case_page import NEW
from intake_app.ui.cover import Cover, in_a_box, put_away_boxes
from intake_app.ui.find_bar import FIND_WIDTH, FindBar
from intake_app.ui.find_box import FindBox
from intake_app.ui.found_at_opening import FoundAtOpening
from intake_app.ui.half_typed import half_typed, said_after_lock, said_before
from intake_app.ui.jobs import Jobs
from intake_app.ui.key_help import key_help
from intake_app.ui.lock_timer import LockTimer
from intake_app.ui.page import Clock, Page
from intake_app.ui.page_stack import PageStack
from intake_app.ui.rail import Rail
from intake_app.ui.tab_order import move_on
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import InlineMessage, dp

_LOCKS = ("lock", "blank")
_ANYWAY = "Close without it"
_DRAWS = (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest)


class MainWindow(QMainWindow):
    """The window of one member with one open office.

    pages: made, or their kinds, which are made when they are wanted, with `clock`.
    """

    locked = Signal(bool)
    """All is handed over and forgotten; True where the screen was blanked and shall stay so."""

    covered = Signal()
    """Nothing is to be seen any more: locking has begun."""

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
        pages: Sequence[Page | type[Page]],
        theme: Theme,
        lock_after: int,
        *,
        clock: Clock | None = None,
        notices: bool = True,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Intake Desk")
        self._jobs, self.office = jobs, office
        self._theme = theme
        self._stack = PageStack(pages, jobs, clock, office)
        self._here = ""
        self._place: tuple[str, object] = ("", None)
        self._leaving = ""
        self._way_back: list[str] = []
        self.put_aside: dict[str, str] = {}
        self.half_typed = ""
        self._given_up: set[str] = set()
        self.waiting_elsewhere = ""
        self.rail = Rail(pages, office.member, theme, notices=notices)
        self.rail.page_wanted.connect(self.go)
        self.rail.lock_wanted.connect(self.lock)
        self.rail.looks_wanted.connect(self.looks_wanted)
        self.rail.notices_wanted.connect(self.notices_wanted)
        self.rail.keys_wanted.connect(self.say_keys)
        self.notice = InlineMessage()
        self.notice.acted.connect(partial(self.go, "desk"))
        self.message = InlineMessage()
        self.message.acted.connect(self._act)
        self._lay_out()
        self.finder = self._find_box()
        self.timer = LockTimer(lock_after, self)
        self.timer.time_is_up.connect(self.lock)
        self.timer.minutes_left.connect(self.rail.say_minutes)
        jobs.busy_changed.connect(self._busy_changed)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - a window has one
        application.focusWindowChanged.connect(self._watch)
        self._set_up_keys()

    def _lay_out(self) -> None:
        self._bars = QStackedWidget()
        self._bar = self._usual_bar()
        self._bars.addWidget(self._bar)
        self._bar_of: dict[str, QWidget] = {}
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
        self.found = FoundAtOpening(self.office)
        right.addWidget(self.found)
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
        self.cover = Cover()
        self._outer = QStackedWidget()
        self._outer.addWidget(frame)
        self._outer.addWidget(self.cover)
        self.setCentralWidget(self._outer)
        # Last: Qt looks at the style of everything in a widget each time the widget is moved.
        self._stack.made.connect(self._take_in)
        self._stack.take_in()
        self.resize(dp(1280), dp(820))

    def _take_in(self, page: Page) -> None:
        own = page.bar()
        if own is not None:
            self._bars.addWidget(own)
            self._bar_of[page.key] = own
        page.wanted.connect(self.go)
        page.themed(self._theme)

    def _usual_bar(self) -> QWidget:
        bar = FindBar(self.office.member.role, may_start="case" in self._stack)
        bar.find_wanted.connect(self.ask_find)
        bar.new_wanted.connect(partial(self.go, "case", NEW))
        self.new = bar.new
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

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in the order of the layouts, also to what was filled in later."""
        return move_on(self, forward=forward) or super().focusNextPrevChild(forward)

    @override
    def event(self, event: QEvent) -> bool:
        """Laying out and drawing go before the work of other threads."""
        if event.type() in _DRAWS:
            window_works()
        return super().event(event)

    # Going from page to page.

    def page(self, key: str) -> Page:
        """A page by its key; raise `KeyError` where there is none."""
        return self._stack.page(key)

    @property
    def place(self) -> tuple[str, object]:
        """The page in front and what to ask it for to show the same again."""
        page = self._front()
        if page is not None:
            self._place = (self._here, page.showing())
        return self._place

    def _front(self) -> Page | None:
        return self._stack.page(self._here) if self._here in self._stack else None

    def go(self, key: str, what: object = None) -> None:
        """Bring a page to the front; one the member may not open stays where it is."""
        if not self._stack.may_open(key):
            self.rail.light_up(self._shelf())
            return
        window_works()
        page, before = self._stack.page(key), self._front()
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
        self._stack.make_the_rest()

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
        page = self._front()
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
        self._theme = theme
        self.rail.themed(theme)
        for page in self._stack:
            page.themed(theme)

    def say_fault(self, sentence: str) -> None:
        """Say that the program made a mistake."""
        self.message.say(sentence, Tone.BAD)

    def say_keys(self) -> None:
        """F1: say what the keys do, here and on the pages."""
        self.message.say(key_help(), Tone.PLAIN)

    def say_notice(self, sentence: str) -> None:
        """Say that a deadline has come, until the desk is looked at."""
        self.notice.say(sentence, Tone.SOON, "Open the desk")

    # Locking and closing.

    def unsaved(self) -> str:
        """A sentence for each page with words on it that are not in the file."""
        return " ".join(said for page in self._stack if (said := page.unsaved()))

    def lock(self) -> None:
        """Cover the screen, hand over what was typed, forget everything and say `locked`.

        Words that can't be saved are in `put_aside` then, by the keys of their pages; whoever
        gets `locked` takes them from there, seals them, and gives them to `take_back` of the
        next window of the same member.
        """
        self._leave("lock")

    def blank(self) -> None:
        """F9: lock, and leave the screen blank until somebody touches it."""
        self._leave("blank")

    def take_back(self, words: Mapping[str, str], place: tuple[str, object]) -> tuple[str, object]:
        """Try to save what was put aside at the lock; return the place to show first.

        That is `place`, unless the words stand on another page.
        """
        pages = self._stack.made_of(words)
        for page in pages:
            page.take_back(self.office, words[page.key])
        there = next((page for page in pages if page.key == place[0]), None)
        first = there or next(iter(pages), None)
        return place if first is None else (first.key, first.showing())

    def renew(self) -> None:
        """Get ready to be replaced by a new window, where nothing typed would be lost."""
        self._leave("renew")

    def _leave(self, why: str) -> None:
        if self._leaving not in ("", "renew"):
            return
        self._leaving = why
        if why in _LOCKS:
            # First of all nothing is to be seen any more; the rest takes its time.
            self._outer.setCurrentWidget(self.cover)
            self.cover.setFocus()
            self.repaint()
            self.covered.emit()
            put_away_boxes()
        fields = half_typed(self._stack)
        self.half_typed = said_after_lock(fields)
        # Asked first: where the window stays, nobody has left a page.
        if self._stays(said_before("close", fields)):
            return
        for page in self._stack:
            page.leave()
        if not self._jobs.busy:
            self._left()

    def _busy_changed(self, busy: bool) -> None:
        if not busy and self._leaving not in ("", "gone"):
            self._left()

    def _left(self) -> None:
        if self._leaving in _LOCKS and in_a_box():
            # The code that asked with the box still runs: its page must not go away under it.
            QTimer.singleShot(20, self, self._left_soon)
            return
        elsewhere = self.waiting_elsewhere if self._leaving == "close" else ""
        if not self._stays(self.unsaved()) and not self._stays(elsewhere):
            self._gone()

    def _stays(self, words: str) -> bool:
        """Whether the window stays, for words that would be lost; whoever closes it is told."""
        if not words or self._leaving in _LOCKS:
            return False
        if self._leaving == "close" and words in self._given_up:
            return False
        why, self._leaving = self._leaving, ""
        if why == "renew":
            self.renewed.emit(False)
        else:
            self.message.say(words, Tone.BAD, _ANYWAY)
        return True

    def _left_soon(self) -> None:
        if self._leaving in _LOCKS and not self._jobs.busy:
            self._left()

    def _act(self) -> None:
        """The button of the message: close without the words it speaks of."""
        self._given_up.add(self.message.words.text())
        self._leave("close")

    def _gone(self) -> None:
        why, self._leaving = self._leaving, "gone"
        self._place = self.place
        self.timer.stop()
        if why == "renew":
            self.renewed.emit(True)
            return
        self._outer.setCurrentWidget(self.cover)
        self.finder.close_box()
        if why != "close":
            found = {page.key: page.put_aside() for page in self._stack}
            self.put_aside = {key: words for key, words in found.items() if words}
        self._forget()
        if why == "close":
            self.closed.emit()
            self.close()
        else:
            self.locked.emit(why == "blank")

    def _forget(self) -> None:
        """Nothing of any client stays in a widget behind the cover."""
        self._stack.forget()
        for bar in self._bar_of.values():
            self._bars.removeWidget(bar)
            bar.deleteLater()
        self._bar_of = {}

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when everything typed is on the disk."""
        if self._leaving == "gone":
            event.accept()
            return
        event.ignore()
        self._given_up = set()
        self._leave("close")

    # The cover, and who is there.

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch for touches."""
        super().showEvent(event)
        if not self.timer.counts:
            self._watch(self.windowHandle())
            self.timer.start()

    def _watch(self, window: QWindow | None) -> None:
        """Boxes and lists have windows of their own; each gets its turn with the keyboard."""
        if window is not None:
            window.installEventFilter(self.timer)
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F9 blanks from every window; a touch of the blanked screen asks for the passphrase."""
        kind = event.type()
        f9 = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F9
        if f9 and kind == QEvent.Type.KeyPress:
            self.blank()
            return True
        touches = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)
        if self._leaving == "gone" and watched is self.windowHandle() and kind in touches:
            self.woken.emit()
            return True
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the find box in its place."""
        super().resizeEvent(event)
        if not self.finder.isHidden():
            self._place_find()
