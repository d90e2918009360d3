"""The help of the keys: each shortcut there is stands in it, and no other."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake_app.core.roles import Role
from intake_app.ui.case_keys import KEYS
from intake_app.ui.key_help import EVERYWHERE, IN_A_LETTER, IN_THE_LIST, key_help
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.pages import PAGES
from intake_app.ui.theme import Theme
from tests.ui.conftest import Desk

SEVERAL = {
    "Alt+1 to 7": [f"Alt+{place}" for place in range(1, 8)],
    "Ctrl and plus or minus": ["Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0"],
}
"""Keys that are told of in one word."""

TOLD = {"cases": IN_THE_LIST, "case": KEYS, "letter": IN_A_LETTER}
README = Path(__file__).parents[2] / "README.md"


def sequences(keys: Iterable[str]) -> list[str]:
    single = [one for key in keys for one in SEVERAL.get(key, [key])]
    return sorted(QKeySequence(one).toString() for one in single)


WITHIN = Qt.FindChildOption.FindChildrenRecursively
ITS_OWN = Qt.FindChildOption.FindDirectChildrenOnly


def shortcuts(of: QWidget, which: Qt.FindChildOption) -> list[str]:
    """Those that work wherever the keyboard is."""
    return sorted(
        one.key().toString()
        for one in of.findChildren(QShortcut, options=which)
        if one.context() == Qt.ShortcutContext.WindowShortcut
    )


def test_each_page_has_the_keys_the_help_tells_of_and_no_others(desk: Desk, clock: Clock) -> None:
    office = desk.open(Role.ADMINISTRATOR)
    pages = [kind(desk.jobs, clock) for kind in PAGES]
    window = MainWindow(desk.jobs, office, pages, Theme(), 10)
    assert shortcuts(window, ITS_OWN) == sorted([*sequences(EVERYWHERE), "F1"])
    for page in pages:
        assert shortcuts(page, WITHIN) == sequences(TOLD.get(page.key, {})), page.key
    window.timer.stop()
    window.deleteLater()
    desk.close(office)


def test_the_help_has_every_word_of_it() -> None:
    said = key_help()
    for keys in (EVERYWHERE, *TOLD.values()):
        for key, does in keys.items():
            assert f"{key.replace('Return', 'Enter')}: {does}" in said


@pytest.mark.skipif(not README.is_file(), reason="no README here")
def test_the_program_says_all_that_stands_in_the_readme() -> None:
    rows = re.findall(r"^\| (.+?) \|", README.read_text("utf-8"), re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"(?:(?:Ctrl|Alt|Shift)\+)+\w+|F\d+", row)]
    assert len(keys) > 10
    assert [key for key in keys if key != "F1" and key not in key_help()] == []
