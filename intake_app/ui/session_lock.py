"""Hears from the system that the screen is locked or the computer is about to sleep.

Linux: signals on D-Bus, over local Unix sockets only; without a bus nothing is heard. Windows:
messages to the program's windows (written from Microsoft's documentation and never run there).
macOS: nothing; there, as everywhere, `LockTimer` notices a sleep when the computer wakes.

Sources: <https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html>,
<https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change>.
"""

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping
from ctypes import wintypes
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

_LOGIN = "org.freedesktop.login1"
_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)
_SYSTEM_BUS = "/run/dbus/system_bus_socket"


class SessionLock(QObject):
    """`locked` is the moment to lock the office. Made once, for the whole run of the program."""

    locked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._windows: _WindowsMessages | None = None
        if sys.platform.startswith("linux"):
            session = session_path(os.environ)
            for bus in _local_buses(os.environ):
                self.listen(bus, session)
        elif sys.platform == "win32":
            self._windows = _WindowsMessages(self)

    def listen(self, bus: QDBusConnection, session: str = "") -> None:
        """Hear the signals of one bus. session: the path of this login; empty for any."""
        if not bus.isConnected():
            return
        manager, one = f"{_LOGIN}.Manager", f"{_LOGIN}.Session"
        heard = [("", "", manager, "PrepareForSleep", "_turned(bool)")]
        heard += [("", session, one, "Lock", "_told()")]
        heard += [("", "", saver, "ActiveChanged", "_turned(bool)") for saver in _SAVERS]
        # Its declaration says bytes, and it takes words only.
        connect: Any = bus.connect
        for service, path, interface, name, slot in heard:
            connect(service, path, interface, name, self, SLOT(slot))

    @Slot(bool)
    def _turned(self, on: bool) -> None:
        if on:
            self.locked.emit()

    @Slot()
    def _told(self) -> None:
        self.locked.emit()


def session_path(environment: Mapping[str, str]) -> str:
    """Where logind tells of this login; empty where its number is not known."""
    number = environment.get("XDG_SESSION_ID", "")
    if not number:
        return ""
    # As systemd writes it: what is no letter or digit, and a digit at the start, in hexadecimal.
    marks = [
        mark
        if mark.isascii() and mark.isalnum() and not (place == 0 and mark.isdigit())
        else "".join(f"_{byte:02x}" for byte in mark.encode())
        for place, mark in enumerate(number)
    ]
    return f"/org/freedesktop/login1/session/{''.join(marks)}"


def _local_buses(environment: Mapping[str, str]) -> Iterable[QDBusConnection]:
    """The system's bus and the user's, where they are sockets on this computer that are there."""
    system = environment.get("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={_SYSTEM_BUS}")
    if is_local(system):
        yield QDBusConnection.systemBus()
    user = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not user and (runtime := environment.get("XDG_RUNTIME_DIR")):
        user = f"unix:path={runtime}/bus"
    if is_local(user):
        yield QDBusConnection.sessionBus()


def is_local(address: str) -> bool:
    """Whether a D-Bus address names Unix sockets only, and one that is there.

    Without a socket Qt would complain, and libdbus might start a bus of its own.
    """
    places = [one for one in address.split(";") if one]
    paths = [
        part.removeprefix("unix:").removeprefix("path=")
        for one in places
        if one.startswith("unix:")
        for part in one.split(",")
        if part.startswith("unix:path=")
    ]
    abstract = any(one.startswith("unix:abstract=") for one in places)
    unix = bool(places) and all(one.startswith("unix:") for one in places)
    return unix and (abstract or any(Path(path).exists() for path in paths))


_POWER, _SUSPEND = 0x0218, 0x0004  # WM_POWERBROADCAST, PBT_APMSUSPEND
_SESSION, _LOCK = 0x02B1, 0x0007  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK


def is_time_to_lock(message: int) -> bool:
    """Whether the Windows message at this address tells of sleep or a locked screen."""
    found = wintypes.MSG.from_address(message)
    return (found.message, found.wParam) in ((_POWER, _SUSPEND), (_SESSION, _LOCK))


class _WindowsMessages(QAbstractNativeEventFilter):
    """Never run on Windows: small on purpose."""

    def __init__(self, told: SessionLock) -> None:
        super().__init__()
        self._told = told
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - the program has one
        application.installNativeEventFilter(self)
        application.focusWindowChanged.connect(self._register)

    @override
    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if is_time_to_lock(int(message)):
            self._told.locked.emit()
        return False, 0

    def _register(self, window: QWindow | None) -> None:
        """Windows tells only windows that asked to be told; asking twice does no harm."""
        if window is not None and sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)
