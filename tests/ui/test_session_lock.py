"""The system's word that the screen is locked or the computer goes to sleep."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import addressof, wintypes
from pathlib import Path

import pytest

from intake_app.ui.session_lock import is_local, is_time_to_lock, session_path

MINE, OTHER = "/org/freedesktop/login1/session/_32", "/org/freedesktop/login1/session/_37"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
SAVER = "org.freedesktop.ScreenSaver"


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    """The address of a D-Bus of this test alone."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None or not sys.platform.startswith("linux"):
        pytest.skip("this computer has no dbus-daemon")
    with subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        assert address
        yield address
        running.terminate()


# In a process of its own, as in the program: Qt's own buses are opened once and never left.
LISTENING = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from intake_app.ui.session_lock import SessionLock
app = QApplication([])
lock = SessionLock(app)
lock.locked.connect(lambda: print("locked", flush=True))
bus = QDBusConnection.sessionBus()
def say():
    for path, interface, name, words in [*json.loads(sys.argv[1]), ["/end", "end.End", "End", []]]:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(words)
        assert bus.send(message)
    QTimer.singleShot(300, app.quit)
QTimer.singleShot(0, say)
app.exec()
"""


def heard(bus: str, *signals: tuple[str, str, str, list[bool]]) -> int:
    """How often the program heard that it is time to lock; it listens on two buses."""
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", LISTENING, json.dumps(signals)],
        cwd=Path(__file__).parents[2],
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "PATH": "/usr/bin:/bin",
            "XDG_SESSION_ID": "2",
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "DBUS_SYSTEM_BUS_ADDRESS": bus,
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stderr == ""
    return told.stdout.split().count("locked")


def test_sleep_and_a_locked_screen_are_heard(bus: str) -> None:
    signals = [
        ("/org/freedesktop/login1", MANAGER, "PrepareForSleep", [True]),
        (MINE, SESSION, "Lock", list[bool]()),
        ("/ScreenSaver", SAVER, "ActiveChanged", [True]),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ]
    assert [heard(bus, one) for one in signals] == [2] * len(signals)


def test_waking_and_the_screens_of_others_are_not(bus: str) -> None:
    assert not heard(
        bus,
        ("/org/freedesktop/login1", MANAGER, "PrepareForSleep", [False]),
        ("/ScreenSaver", SAVER, "ActiveChanged", [False]),
        (OTHER, SESSION, "Lock", []),
    )


def test_without_a_bus_nothing_is_heard_and_nothing_said(tmp_path: Path) -> None:
    """In a process of its own: Qt's own buses are opened once."""
    asked = (
        "from PySide6.QtWidgets import QApplication\n"
        "from intake_app.ui.session_lock import SessionLock\n"
        "app = QApplication([]); SessionLock(app); print('quiet')"
    )
    nowhere = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    for address in ("", f"unix:path={tmp_path}/gone", "tcp:host=127.0.0.1,port=9"):
        buses = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
        told = subprocess.run(
            [sys.executable, "-W", "error", "-c", asked],
            cwd=Path(__file__).parents[2],
            env=nowhere | (buses if address else {}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (told.returncode, told.stdout, told.stderr) == (0, "quiet\n", "")


def test_only_sockets_of_this_computer_are_used(tmp_path: Path) -> None:
    here = tmp_path / "bus"
    here.touch()
    assert is_local(f"unix:path={here}")
    assert is_local(f"unix:path={here},guid=0a1b")
    assert is_local("unix:abstract=/tmp/dbus-x")
    for address in (
        "",
        f"unix:path={tmp_path}/gone",
        "tcp:host=10.0.0.1,port=4",
        f"unix:path={here};tcp:host=10.0.0.1,port=4",
        "autolaunch:",
        "unixexec:path=ssh",
    ):
        assert not is_local(address), address


@pytest.mark.parametrize(
    ("number", "path"), [("2", "_32"), ("c1", "c1"), ("10", "_310"), ("a-b", "a_2db")]
)
def test_the_path_of_a_login_is_written_as_systemd_writes_it(number: str, path: str) -> None:
    there = f"/org/freedesktop/login1/session/{path}"
    assert session_path({"XDG_SESSION_ID": number}) == there
    assert session_path({}) == ""


@pytest.mark.parametrize(
    ("message", "word", "locks"),
    [(0x02B1, 0x7, True), (0x0218, 0x4, True), (0x02B1, 0x8, False), (0x0218, 0x7, False)],
)
def test_windows_messages_are_read(message: int, word: int, locks: bool) -> None:
    """As far as another system can tell: what is read out of a message made by hand."""
    found = wintypes.MSG(message=message, wParam=word)
    assert is_time_to_lock(addressof(found)) is locks
