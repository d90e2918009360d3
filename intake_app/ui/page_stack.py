"""The pages of one window, one shown at a time.

A page that is given as its kind is made when it is first wanted, or when the window has nothing
else to do: one at each turn, so that whoever unlocks an office never waits for all of them.
"""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from intake_app.core.roles import may
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.turns import Turns


class PageStack(QStackedWidget):
    """What a member may not open is made only where somebody asks for it by name.

    clock: for the pages given as their kinds.
    """

    made = Signal(object)
    """A `Page` was made: the window takes it in, before anything is shown in it."""

    def __init__(
        self,
        pages: Sequence[Page | type[Page]],
        jobs: Jobs,
        clock: Clock | None,
        office: Office,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._clock, self._office = jobs, clock, office
        self._pages = {page.key: page for page in pages if isinstance(page, Page)}
        self._kinds: dict[str, type[Page]] = {}
        for kind in pages:
            if not isinstance(kind, Page):
                self._kinds[kind.key] = kind
        self._fresh: list[Page] = []

    def take_in(self) -> None:
        """Take in the pages that came ready made; once, where the stack has its place."""
        for page in self._pages.values():
            self._add(page)

    def __contains__(self, key: str) -> bool:
        return key in self._pages or key in self._kinds

    def __iter__(self) -> Iterator[Page]:
        """The pages that are made."""
        return iter(list(self._pages.values()))

    def page(self, key: str) -> Page:
        """A page by its key, made now where it has to be; raise `KeyError` where there is none."""
        if key in self._kinds:
            self._make(key)
        return self._pages[key]

    def may_open(self, key: str) -> bool:
        """Whether there is such a page and this member may open it."""
        page = self._pages.get(key) or self._kinds.get(key)
        role = self._office.member.role
        return page is not None and (page.needs is None or may(role, page.needs))

    def made_of(self, words: Mapping[str, str]) -> list[Page]:
        """The pages that words were put aside for."""
        return [self.page(key) for key in words if words[key] and key in self]

    def make_the_rest(self) -> None:
        """From now on, between two events, make the pages nobody asked for yet.

        Those that are wanted next are made at once: nobody types yet.
        """
        for key in [kind.key for kind in self._kinds.values() if kind.wanted_next]:
            if self.may_open(key):
                self._make(key).prepare(self._office)
        if self._kinds:
            Turns.of_the_window().later(self, self._make_one)

    def forget(self) -> None:
        """Nothing of any client stays in a page; none is made any more."""
        Turns.of_the_window().drop(self)
        for page in self:
            self.removeWidget(page)
            page.deleteLater()
        self._pages, self._kinds, self._fresh = {}, {}, []

    def _make_one(self) -> bool:
        if self._jobs.busy:
            return True  # two threads at work make both of them slow
        wanted = next((key for key in self._kinds if self.may_open(key)), "")
        if self._fresh:
            self._fresh.pop().prepare(self._office)
        elif wanted:
            self._fresh.append(self._make(wanted))
        return bool(self._fresh or wanted)

    def _make(self, key: str) -> Page:
        assert self._clock is not None  # noqa: S101 - whoever gives kinds gives a clock
        kind = self._kinds.pop(key)
        # Made where it belongs: Qt looks at the style of all that is moved.
        page = self._pages[key] = kind(self._jobs, self._clock, self)
        self._add(page)
        return page

    def _add(self, page: Page) -> None:
        self.addWidget(page)
        self.made.emit(page)
