"""A print system of the tests' own: cupsd on the loopback, one queue, printing into a file.

Everything it writes is in one temporary folder, and gone when the block is left.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

QUEUE = "desk"
_MODEL = "lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd"
"""A printer that takes PDF, with margins and papers as real ones have them."""

_RULES = """LogLevel info
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """FileDevice Yes
SystemGroup root
ServerRoot {home}/root
RequestRoot {home}/spool
TempDir {home}/spool/tmp
CacheDir {home}/cache
StateDir {home}/state
AccessLog {home}/access_log
ErrorLog {home}/error_log
PageLog {home}/page_log
"""


@dataclass(frozen=True)
class Cups:
    """A running one. `server` is for CUPS_SERVER; `home` holds all of its files."""

    server: str
    home: Path

    @property
    def printed(self) -> Path:
        """What the last job put on paper, as a PDF."""
        return self.home / "printed.pdf"

    def wait(self) -> None:
        """Until every job is done."""
        end = time.monotonic() + 60
        while self._tell("lpstat", "-o"):
            if time.monotonic() > end:
                raise TimeoutError((self.home / "error_log").read_text())
            time.sleep(0.1)

    def jobs(self) -> str:
        """What the log of pages tells of all jobs, their names too."""
        return (self.home / "page_log").read_text()

    def _tell(self, command: str, *words: str) -> str:
        done = subprocess.run(
            [command, "-h", self.server, *words], capture_output=True, text=True, check=False
        )
        return done.stdout


def why_not() -> str:
    """Why there can be no print system here; empty where there can."""
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        return "This test needs Debian or Ubuntu: it installs CUPS with apt-get."
    if os.geteuid() != 0:
        return "This test must be run as root: it starts a print system of its own."
    return ""


def install() -> None:
    """Install CUPS where it is missing."""
    if shutil.which("cupsd") and shutil.which("lpadmin") and Path("/usr/share/ppd").exists():
        return
    words = ["apt-get", "install", "-y", "--no-install-recommends", "cups", "cups-client"]
    subprocess.run([*words, "cups-filters"], check=True)


@contextmanager
def local_cups() -> Iterator[Cups]:
    """Start it, and stop and remove it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="cups-"))
    # Its filters run as another user.
    home.chmod(0o755)
    for folder in ("root/ppd", "spool/tmp", "cache", "state"):
        (home / folder).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "cupsd.conf").write_text(_RULES.format(port=port))
    (home / "cups-files.conf").write_text(_FILES.format(home=home))
    shutil.chown(home, "lp", "lp")
    rules = ["-c", str(home / "cupsd.conf"), "-s", str(home / "cups-files.conf")]
    daemon = subprocess.Popen(["cupsd", "-f", *rules], stderr=subprocess.DEVNULL)
    made = Cups(f"127.0.0.1:{port}", home)
    try:
        _until_answers(port)
        device = f"file://{made.printed}"
        at = ["lpadmin", "-h", made.server]
        added = [*at, "-p", QUEUE, "-E", "-v", device, "-m", _MODEL]
        subprocess.run(added, check=True, stderr=subprocess.DEVNULL)
        subprocess.run([*at, "-d", QUEUE], check=True)
        yield made
    finally:
        daemon.terminate()
        daemon.wait(20)
        shutil.rmtree(home)


def _until_answers(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("cupsd did not start")
