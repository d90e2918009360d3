"""No socket but to the display and the desktop: seen from outside, with and without a network.

The program runs in a network namespace that has no interface, not even the loopback, and under
`strace`. What it may open is listed with its reason; everything else fails. Qt's PDF viewer pulls
Qt's network library into the process (`libQt6Pdf` is linked against it); nothing of it is
imported or called, which is what the trace shows.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.workflows.make_demo import make_demo
from tests.alone import ROOT, Place, new_place, traced, without_a_network
from tests.conftest import NOW
from tests.soak import SOAK

ALLOWED = {
    r"\.X11-unix/X\d+|wayland-\d+": "the display",
    r"at-spi|/dbus-|/bus\b|system_bus_socket|session_bus": "the desktop: screen lock, sleep, "
    "notices, screen readers",
    r"nscd/socket": "the C library asking for the user’s own name",
    r"cups\.sock": "the print system, when somebody prints",
}
"""Sockets of this computer the program may connect to, and why."""

FORBIDDEN = frozenset(
    [
        "QtNetwork",
        "QtNetworkAuth",
        "QtWebEngineCore",
        "QtWebEngineWidgets",
        "QtWebEngineQuick",
        "QtWebSockets",
        "QtWebChannel",
        "QtWebView",
        "QtHttpServer",
        "QtBluetooth",
        "QtNfc",
        "QtRemoteObjects",
        "QtSerialPort",
        "QtSerialBus",
        "QtLocation",
        "QtPositioning",
        "QtGrpc",
        "QtQml",
        "QtQuick",
    ]
)
"""Modules of Qt that speak to other computers, or run what does."""

PROCESSES = ("subprocess", "multiprocessing", "webbrowser", "pty", "asyncio")
"""Modules of Python that start another program."""

STARTS_ITSELF = ("pdf_trial.py",)
"""Starts this very program, to draw a page of a PDF that may be broken; the PDF goes by a pipe."""


def strange(trace: str) -> list[str]:
    """The lines of a trace of network calls that nothing above allows."""
    found = []
    for line in trace.splitlines():
        call = re.search(r"\b(socket|socketpair|connect|bind|listen|sendto|sendmsg)\(", line)
        if call is None:
            continue
        told = line[call.start() :]
        if told.startswith(("socket(AF_UNIX", "socketpair(AF_UNIX", "socket(AF_LOCAL")):
            continue
        # On a connected socket no address is named.
        named = re.search(r"sa_family=(\w+)(?:, sun_path=@?\"([^\"]*)\")?", told)
        if named is None and told.startswith(("sendto", "sendmsg")):
            continue
        path = named.group(2) if named and named.group(1) == "AF_UNIX" else None
        if path is None or not any(re.search(one, path) for one in ALLOWED):
            found.append(told)
    return found


def test_the_look_at_a_trace_finds_what_is_not_allowed() -> None:
    harmless = (
        "7 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5\n"
        '7 connect(5, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X0"}, 20) = 0\n'
        '7 connect(6, {sa_family=AF_UNIX, sun_path="/run/user/1000/bus"}, 110) = 0\n'
        "7 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0\n"
        "7 sendmsg(5, {msg_name=NULL, msg_namelen=0, msg_iov=[]}, MSG_NOSIGNAL) = 3\n"
    )
    assert strange(harmless) == []
    for line in (
        "7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3",
        "7 socket(AF_INET6, SOCK_DGRAM, 0) = 3",
        "7 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3",
        '7 connect(5, {sa_family=AF_UNIX, sun_path="/run/somebody.sock"}, 110) = 0',
        '7 bind(5, {sa_family=AF_UNIX, sun_path=@"ours"}, 110) = 0',
        '7 sendto(5, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53)}, 16) = 1',
    ):
        assert strange(harmless + line) == [line[2:]]


def _traced(place: Place, *words: str) -> str:
    """Run Python alone under strace; the trace."""
    trace = place.folder / "trace"
    before = traced(str(trace), "network")
    if not before:
        pytest.skip("there is no strace here, or it may not be used")
    ran = subprocess.run(
        [*without_a_network(), *before, sys.executable, *words],
        cwd=place.folder / "cwd",
        env=place.surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return trace.read_text()


def test_the_trace_is_seen_to_find_a_socket(tmp_path: Path) -> None:
    wicked = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    assert strange(_traced(new_place(tmp_path / "place"), "-c", wicked))


_AT_THE_DOOR = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from intake_app import start
app = start.prepared_application()
QTimer.singleShot(1500, app.quit)
sys.exit(start.run_window(Path(sys.argv[1])))
"""


def test_the_window_opens_no_socket(tmp_path: Path) -> None:
    place = new_place(tmp_path / "place")
    office = place.folder / "office"
    make_demo(office, NOW, cases=3, cost=OWASP_MINIMUM)
    assert strange(_traced(place, "-c", _AT_THE_DOOR, str(office))) == []


_AT_THE_PRINTER = """
from PySide6.QtPrintSupport import QPrinterInfo
from intake_app import start
from intake_app.ui.printing import new_printer
app = start.prepared_application()
QPrinterInfo.availablePrinterNames()
new_printer("Letter 1")
"""


def test_asking_for_printers_opens_no_socket(tmp_path: Path) -> None:
    """The library of the print system knocks at port 631 where its own socket is not there."""
    assert strange(_traced(new_place(tmp_path / "place"), "-c", _AT_THE_PRINTER)) == []


@pytest.mark.skipif(not SOAK, reason="make soak: the tour takes half a minute")
def test_the_tour_opens_no_socket(tmp_path: Path) -> None:
    place = new_place(tmp_path / "place")
    tour = place.folder / "out" / "tour"
    assert strange(_traced(place, "-m", "intake_app", "tour", str(tour))) == []
    assert (tour / "letter.pdf").exists()


@pytest.mark.skipif(not SOAK, reason="make soak: the whole day takes half a minute")
def test_a_whole_day_opens_no_socket(tmp_path: Path) -> None:
    place = new_place(tmp_path / "place")
    trace = _traced(place, "-m", "tests.full_tour", str(place.folder), "close")
    assert strange(trace) == []


def test_the_namespace_has_no_network() -> None:
    """So that running in it says something."""
    before = without_a_network()
    if not before:
        pytest.skip("no network namespace without an interface is allowed here")
    asked = "import socket; socket.create_connection(('127.0.0.1', 1), 2)"
    ran = subprocess.run(
        [*before, sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in ran.stderr


def test_no_module_that_speaks_to_others_is_imported_anywhere() -> None:
    seen = 0
    for file in sorted((ROOT / "intake_app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{one.name}" for one in node.names]
            for name in names:
                seen += 1
                assert not any(f"PySide6.{one}" in name for one in FORBIDDEN), (file, name)
                assert not name.startswith(PROCESSES), (file, name)
                assert name != "PySide6.QtGui.QDesktopServices", file
                assert name != "PySide6.QtCore.QProcess" or file.name in STARTS_ITSELF, file
    assert seen > 1000


def test_no_module_that_speaks_to_others_is_loaded_with_everything() -> None:
    asked = (
        "import sys, intake_app.start, intake_app.ui.pages, intake_app.ui.tour, intake_app.cli\n"
        "print(*(name for name in sys.modules if name.startswith('PySide6.Qt')))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.removeprefix("PySide6.") for name in told.stdout.split()}
    assert {"QtPdf", "QtWidgets"} <= loaded
    assert not loaded & FORBIDDEN
