"""Process start to the unlock window on the screen."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure

_SCRIPT = """
import sys
from pathlib import Path
from intake_app.start import Session, prepared_application
application = prepared_application()
session = Session(application, Path(sys.argv[1]), None)
session.ask()
application.processEvents()
sys.stdout.write("shown\\n")
sys.stdout.flush()
session.jobs.close()
"""


def measure() -> list[Figure]:
    """Median seconds of five starts, offscreen, after one that warms the disk."""
    times = [_start() for _ in range(6)][1:]
    bare = [_bare() for _ in range(6)][1:]
    ours, peer = statistics.median(times), statistics.median(bare)
    words = "a bare PySide6 window"
    return [Figure("process start to unlock window shown", ours, "s", words, ours / peer)]


def _start() -> float:
    return _timed(_SCRIPT)


def _bare() -> float:
    return _timed(
        "from PySide6.QtWidgets import QApplication, QWidget\n"
        "import sys\n"
        "a = QApplication([]); w = QWidget(); w.show(); a.processEvents()\n"
        "sys.stdout.write('shown\\n')\n"
    )


def _timed(script: str) -> float:
    with tempfile.TemporaryDirectory() as home:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", script, home],
            stdout=subprocess.PIPE,
            env={"HOME": home, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())},
        )
        assert process.stdout is not None
        shown = process.stdout.readline()
        assert shown == b"shown\n", "the program did not start"
        taken = time.perf_counter() - started
        process.wait(timeout=60)
    return taken
