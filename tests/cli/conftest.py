"""The command line, as scripts use it: real processes on a real demonstration office."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from intake_app.cli import main
from intake_app.cli.terminal import PASSPHRASE
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.wrong_tries import forget_tries
from intake_app.workflows.make_demo import Demo, make_demo


@dataclass(frozen=True)
class Desk:
    """A demonstration office and how to run commands on it."""

    folder: Path
    demo: Demo

    def run(
        self, command: str, *words: str, member: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on the office as `member`, its passphrase in the environment."""
        return run(*self._typed(command, words, member))

    def call(
        self, command: str, *words: str, member: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """`run`, but in this process: for many commands of which one has been seen to run."""
        return call(*self._typed(command, words, member))

    def _typed(
        self, command: str, words: Sequence[str], member: str | None
    ) -> tuple[list[str], str]:
        who = ["--member", member] if member else []
        passphrase = self.demo.passphrases[member] if member else ""
        return [command, str(self.folder), *words, *who], passphrase


def run(words: Sequence[str], passphrase: str | None) -> subprocess.CompletedProcess[str]:
    """One process; without a passphrase in the environment when it is None."""
    surroundings = {key: value for key, value in os.environ.items() if "PASSPHRASE" not in key}
    if passphrase is not None:
        surroundings["INTAKE_DESK_PASSPHRASE"] = passphrase
    return subprocess.run(
        [sys.executable, "-m", "intake_app", *words],
        env=surroundings,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def call(words: Sequence[str], passphrase: str) -> subprocess.CompletedProcess[str]:
    """One command line in this process. A fault of ours comes out as it is."""
    out, err = io.StringIO(), io.StringIO()
    before = os.umask(0o077)
    try:
        with (
            patch.dict(os.environ, {PASSPHRASE: passphrase}),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main(words)
    finally:
        os.umask(before)
    return subprocess.CompletedProcess(list(words), code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One demonstration office for all tests that leave its cases alone."""
    folder = tmp_path_factory.mktemp("cli") / "office"
    now = datetime.now(UTC)
    return Desk(folder, make_demo(folder, now, cases=150, seed=3, cost=OWASP_MINIMUM))


@pytest.fixture(autouse=True)
def nobody_waits(request: pytest.FixtureRequest) -> None:
    """Wrong passphrases of one test make no other wait."""
    if "desk" in request.fixturenames:
        forget_tries(request.getfixturevalue("desk").folder)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that could not do its work said."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    sentence = done.stderr.strip()
    assert sentence.endswith(".")
    assert len(sentence.splitlines()) == 1
    return sentence


def cases_in(desk: Desk, state: str) -> list[str]:
    """The numbers of the cases of one state's jails."""
    return [case.number for case in desk.demo.cases if case.state == state]
