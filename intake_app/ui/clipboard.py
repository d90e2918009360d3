"""What is copied in this program is marked as secret, and does not stay on the clipboard.

Clipboard managers that heed the marks neither keep it nor send it to another computer. After a
minute, and when the office is locked or the program ends, it is taken away, unless something else
was copied since. No widget needs to know. On macOS it is taken away as well, but not marked: Qt
for Python can't name the mark there.

Sources: Klipper's `x-kde-passwordManagerHint`; <https://learn.microsoft.com/windows/win32/
dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats>; KeePassXC.
"""

import hashlib

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_FOR = 60
"""Seconds."""

_KLIPPER = "x-kde-passwordManagerHint"
MARKS = {
    _KLIPPER: b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
}
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
"""X11 has two: what was copied, and what is selected, for the middle button of the mouse."""


class Clipboard(QObject):
    """Made once, for the whole run of the program."""

    def __init__(self, parent: QObject, *, kept_for: float = KEPT_FOR) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours: dict[QClipboard.Mode, bytes] = {}
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.setInterval(round(kept_for * 1000))
        self._until.timeout.connect(self.take_away)
        self._clipboard.changed.connect(self._changed)

    def take_away(self) -> None:
        """Empty the clipboard where it still holds what was copied here."""
        self._until.stop()
        ours, self._ours = self._ours, {}
        for mode, digest in ours.items():
            # A clipboard manager may have made our words its own.
            if self._owns(mode) or _digest(self._clipboard.text(mode=mode)) == digest:
                self._clipboard.clear(mode)

    def _owns(self, mode: QClipboard.Mode) -> bool:
        if mode == QClipboard.Mode.Clipboard:
            return self._clipboard.ownsClipboard()
        return self._clipboard.ownsSelection()

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode not in _MODES or not self._owns(mode):
            return
        held = self._clipboard.mimeData(mode)
        if held is None or held.hasFormat(_KLIPPER) or not (words := held.text()):
            return
        self._ours[mode] = _digest(words)
        self._until.start()
        marked = QMimeData()
        marked.setText(words)
        for mark, value in MARKS.items():
            marked.setData(mark, value)
        self._clipboard.setMimeData(marked, mode)


def _digest(words: str) -> bytes:
    """To know our words again without keeping them."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
