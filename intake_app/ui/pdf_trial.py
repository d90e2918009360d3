"""A PDF that somebody adds is drawn by a process of its own first.

A few bytes can keep the library that draws PDFs at work for hours, and a broken file may end it.
Then only that process ends, and the window never sees the file. What was drawn once can be shown.
"""

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QSize

from intake_app.core.document_media import BadFile
from intake_app.core.errors import AppError
from intake_app.ui.pdf_view import pdf_document
from intake_app.ui.pictures import DAMAGED, SMALL, small_pdf_picture

COMMAND = "draw-pdf"
"""The word by which this program is asked to draw (`cli.commands`); nobody types it."""

MOST_SECONDS = 30.0
"""For the first page, and as many of the others as the time is enough for."""

_OTHERS = 10.0
_MOST_BYTES = 900 * 1024 * 1024
_CAN_NOT, _NO_PICTURE = 4, 5
_TOO_HARD = (
    "This PDF takes too long to be drawn, so it was not added. Open it in the program it comes "
    "from, print it as a PDF anew, and add that."
)


def tried_pdf_picture(content: bytes, stopped: Callable[[], bool]) -> bytes | None:
    """The small picture (PNG) of the first page; None for a PDF that is locked.

    Raises `BadFile` for one that is damaged or can't be drawn in time. Waits: not for the thread
    of the window. Where `stopped` says so it gives up, and the answer is of no use.
    """
    drawing = QProcess()
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("QT_QPA_PLATFORM", "offscreen")
    drawing.setProcessEnvironment(environment)
    itself = [COMMAND] if hasattr(sys, "_MEIPASS") else ["-m", "intake_app", COMMAND]
    drawing.start(sys.executable, itself)
    drawing.write(content)
    drawing.closeWriteChannel()
    ends = time.monotonic() + MOST_SECONDS
    while not drawing.waitForFinished(100):
        if drawing.state() is QProcess.ProcessState.NotRunning:
            break
        if time.monotonic() > ends or stopped():
            drawing.kill()
            drawing.waitForFinished()
            raise BadFile(_TOO_HARD)
    if drawing.exitStatus() is not QProcess.ExitStatus.NormalExit:
        raise BadFile(_TOO_HARD)
    match drawing.exitCode():
        case 0:
            return bytes(drawing.readAllStandardOutput().data())
        case code if code == _NO_PICTURE:
            return None
        case _:
            raise BadFile(DAMAGED)


def draw_pdf() -> int:
    """What the other process does: a PDF comes in, a picture goes out; the exit code tells."""
    from PySide6.QtGui import QGuiApplication

    _limit()
    # It lives as long as the process, and the process ends without clearing up.
    app = QGuiApplication(sys.argv[:1])
    content, parent = sys.stdin.buffer.read(), QObject(app)
    try:
        picture = small_pdf_picture(content, parent)
        _draw_others(content, parent)
    except BadFile:
        return _CAN_NOT
    if picture is None:
        return _NO_PICTURE
    sys.stdout.buffer.write(picture)
    sys.stdout.buffer.flush()
    return 0


def _draw_others(content: bytes, parent: QObject) -> None:
    """A page after the first may be the one that can't be drawn."""
    try:
        document = pdf_document(content, parent)
    except AppError:
        return
    ends = time.monotonic() + _OTHERS
    for page in range(1, document.pageCount()):
        document.render(page, QSize(SMALL, SMALL))
        if time.monotonic() > ends:
            break


def _limit() -> None:
    """No more memory than a page may need, and no trace of it where the process ends."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, _MOST_BYTES))
