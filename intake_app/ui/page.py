"""What every page of the window is, so that the window needs to know nothing else about it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.core.roles import Act
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.theme import Theme

Clock = Callable[[], datetime]
"""Gives the present moment, aware. `start.py` gives the real one, tests a fixed one."""


class Page(QWidget):
    """One page of the window.

    A page is made once for each unlocking, before anything of the office is known. The window
    calls `show_for` each time the page comes to the front and `leave` before another does, and
    before locking and closing. A page reads and writes the office only through `jobs`, gets the
    time from `clock`, and asks for other pages with `wanted`.

    key: the word other pages ask for it by (`wanted.emit("case", 17)`), and its place in the
        rail: one of desk, cases, letters, reports, authorities, office, survey. A page with
        another key (case, letter) has no place of its own and lights up `stands_under`.
    words: its name in the rail. icon: the file in resources/icons.
    wanted_next: whether a member who came in is likely to open it first.
    saves_itself: whether all that is typed on it is saved without a button, or put aside.
    needs: the act a member must be allowed for the page to be open to her; None for everyone.
    """

    wanted = Signal(str, object)
    """Another page is wanted: its key, and what it should show (a case number, a kind, None)."""

    key = ""
    words = ""
    icon = ""
    stands_under = ""
    needs: Act | None = None
    wanted_next = False
    saves_itself = False

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.clock = clock

    def show_for(self, office: Office, what: object = None) -> None:
        """Come to the front, for the member of `office`; read anew what may have changed.

        What waits in a form for its own Save button stands there as it was typed.

        `what` is what the page was asked to show (the second part of `wanted`); None for "as
        it was".
        """

    def prepare(self, office: Office) -> None:
        """Begin to make what takes long, some milliseconds at a time; nobody waits for it yet.

        Called at most once, before the first `show_for`, where the window had time for it.
        """

    def leave(self) -> None:
        """Hand over to be saved whatever is saved without a button. Never blocks.

        Forget passphrases, proofs and what was opened. What waits for a Save button of its own
        stays: the same member comes back to it, and locking takes the whole page away. Only the
        survey lets go of its answers: whoever comes to the desk next must not read them.

        The window waits for the jobs before it locks or closes, and asks `unsaved` again then.
        """

    def showing(self) -> object:
        """What to give `show_for` to show the same again, in a page made anew."""
        return None

    def unsaved(self) -> str:
        """One sentence where words on the page could not be saved; empty where all is saved."""
        return ""

    def put_aside(self) -> str:
        """The words `unsaved` speaks of, with their places, for `take_back`; empty for none.

        Asked when the window locks, after `leave`. What this does not give is gone.
        """
        return ""

    def take_back(self, office: Office, words: str) -> None:
        """Try to save what `put_aside` gave before the lock; `showing` tells where it belongs.

        What is refused again stands on the page as before. Called before the first `show_for`.
        """

    def bar(self) -> QWidget | None:
        """The page's own head for the white bar on top; None for the bar with the find box.

        Asked once, when the window takes the page in; the window owns it from then on.
        """
        return None

    def themed(self, theme: Theme) -> None:
        """Colours or text size have changed; only pages that paint by themselves need it."""
