"""The command line: any words after `intake-desk`, any passphrase, with a real office there."""

import io
import os
import random
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from intake_app.cli.commands import main
from intake_app.cli.terminal import PASSPHRASE as VARIABLE
from intake_app.core.errors import AppError
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE
from tests.documents.test_published_files import NAIVE, files
from tests.fuzz.targets import Target
from tests.offices import new_office, staff
from tests.workflows.test_import_cases import TABLE

_LINES = (
    "check\noffice", "unlock-check\noffice\n--member\nparalegal", "find\noffice\nn",
    "find\noffice\n",
    "import\noffice\ntable.csv\n--dry-run", "import\noffice\ntable.csv\n--mapping\nmap.toml",
    "import\noffice\nnoise\n--json", "import\noffice\ntable.csv\n--mapping\nnoise",
    "letter\noffice\n--case\n2026-0001\n--kind\ndecline\n--out\nletter.pdf",
    "letter\noffice\n--case\n2026-0001\n--own-kind\nx\n--tell\nhealth\n--out\nletter.pdf",
    "batch\noffice\n--clocks\nover\n--ask", "letters\noffice\n--json",
    "authorities\noffice\n--stale",
    "report\noffice\n--list", "report\noffice\n--period\n2026-Q3\n--table\nall\n--check",
    "report\noffice\n--period\n2026-Q3\n--table\nT1\n--out\nout\n--cost-per-day\n140",
    "simulate\noffice\n--period\n2026\n--serious\nviolent\n--days-without\n3",
    "attack\na.csv\n--threshold\n11", "attack\nnoise", "ledger\noffice\n--json",
    "clock\n--form\nI-247A\n--zone\nAmerica/New_York\n--received\n2026-11-20T09:10\n--state\nFL",
    "clock\n--form\nI-247A\n--zone\nUTC\n--release-due\n9999-12-31\n--now\n0001-01-01T00:00",
    "create\nnew\n--name\nN\n--state\nFL\n--recovery-sheet\ns.pdf", "--version", "--help",
)  # fmt: skip
_NOT = ("tour", "demo", "create")
"""Long by their nature; `create` asks for half a second on purpose, so it comes rarely."""


class Arguments(Target):
    """Lines: the passphrase, then one word of the command line each."""

    tokens = (
        b"\n--json", b"\n--member\n", b"\n--mapping\nnoise", b"\n--period\n", b"2026-Q5", b"99999",
        b"\n--now\n9999-12-31T23:59", b"\n--now\n0001-01-01T00:00", b"\n--edition\n0001-01", b"\n",
        b"+23:59", b"\n--threshold\n", b"\n--zone\nAsia/Kathmandu", b"2026-02-30", b"\n--case\n",
        b"\xff\xfe", b"-", b"--", b"\n--", b"\n-h", b"1e400", b"\n--received\n2026-11-01T01:30",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        os.chdir(folder)
        with new_office(folder / "office").office as office:
            staff(office)
            start_intake(office, NOW)
        Path("table.csv").write_bytes(TABLE)
        Path("map.toml").write_text('source = "x"\ntitle = "x"\ncase = "booking_ref"\n')
        Path("noise").write_bytes(bytes(range(256)) * 40)
        for name, content in files("a", NAIVE).items():
            Path(name).write_bytes(content)
        self.seeds = [f"{PASSPHRASE}\n{line}".encode() for line in _LINES]

    def take(self, content: bytes) -> None:
        passphrase, *words = (os.fsdecode(one) for one in content.replace(b"\0", b"").split(b"\n"))
        if not words or not words[0] or words[0] in _NOT or len(content) > 100_000:
            return
        if any(word.startswith("/") or ".." in word for word in words) or not _is_command(words):
            return
        os.environ[VARIABLE] = passphrase
        out, errors = _Written("strict"), _Written("backslashreplace")
        with redirect_stdout(out), redirect_stderr(errors):
            code = _code(words)
        said = errors.said()
        assert code in (0, 1, 2), code
        assert "Traceback" not in said, said
        left = [path.name for path in self.folder.rglob("*.new")]
        assert not left, left
        if code == 2:
            assert "error:" in said, said
            raise AppError("Wrong usage.")
        if code == 1 and words[0] != "attack":
            raise AppError(said.strip().splitlines()[-1])

    def repaired(self, content: bytes, _luck: random.Random) -> bytes:
        """Most with the right passphrase, or little would be tried."""
        if _luck.random() < 0.9:
            return PASSPHRASE.encode() + b"\n" + content.partition(b"\n")[2]
        return content


def _is_command(words: list[str]) -> bool:
    from intake_app.cli.commands import _COMMANDS

    return words[0] in _COMMANDS or words[0].startswith("-")


def _code(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


class _Written(io.TextIOWrapper):
    """As Python opens a terminal or a pipe: UTF-8, and strict about what is none in the output."""

    def __init__(self, errors: str) -> None:
        super().__init__(io.BytesIO(), "utf-8", errors=errors)

    def said(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()
