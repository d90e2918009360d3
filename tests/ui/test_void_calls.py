"""Guards against a release of PySide6 in which calls without a result eat references to None.

PySide6 6.12.0 on Python 3.10 and 3.11 drops one at each, and after some thousands of them the
process is aborted.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot


def test_a_thousand_calls_without_a_result_cost_no_reference(
    qapp: QApplication, qtbot: QtBot
) -> None:
    label, timer = QLabel(), QTimer()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(250):
        label.setText("a")
        label.show()
        qapp.processEvents()
        timer.stop()
    assert sys.getrefcount(None) > before - 100
