"""The program leaves no core dump, and nobody else of the same user looks into its memory."""

import subprocess
import sys

import pytest

_START = """
import ctypes, os, resource, sys
from intake_app.cli import main
sys.argv = ["intake-desk", "--version"]
try:
    main()
except SystemExit:
    pass
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtGui import QAccessible
from intake_app.start import prepared_application
application = prepared_application()
from PySide6.QtWidgets import QPushButton
button = QPushButton("Open")
button.show()
application.processEvents()
print(QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_the_program_can_not_be_dumped_and_is_still_accessible() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _START], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[1:] == ["(0, 0) 0", "Open"]
