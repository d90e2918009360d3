"""Other programs that protect counts and rows, each in an environment and a folder of its own.

The folder is thrown away at the end: one of them writes the true table into it.
"""

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from intake_app.core.disclosure.hierarchies import Hierarchy
from intake_app.core.reports.rows import Rows
from tests.bench.peer_environment import NotMeasured, python_with

TAU_ARGUS, ANJANA, PYCANON = "pytauargus 0.6.0", "anjana 1.2.3", "pycanon 1.3.5"

_WAYS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    TAU_ARGUS: ("tauargus", "bench_tau_argus", ("pytauargus==0.6.0",)),
    ANJANA: ("anjana", "bench_anonymity", ("pycanon==1.3.5", "anjana==1.2.3")),
    PYCANON: ("pycanon", "bench_anonymity", ("pycanon==1.3.5", "anjana==1.2.3")),
}


def answers(rows: Rows, names: Sequence[str]) -> dict[str, list[str]]:
    """Columns as words, which is how other programs take them."""
    columns = {name: rows.columns[name] for name in names}
    return {name: [c.words[code] for code in c.codes] for name, c in columns.items()}


def levels(hierarchy: Hierarchy) -> list[list[str]]:
    """Every answer as it is told at each level, from the answer itself to “Any”."""
    return [
        [next(group.label for group in level if word in group.words) for word in hierarchy.words]
        for level in reversed(hierarchy.levels)
    ]


def other_program(peer: str, asked: Mapping[str, Any], seconds: float = 600) -> dict[str, Any]:
    """What it answers. Raises `NotMeasured` where it can't be had, fails or takes too long."""
    way, home, packages = _WAYS[peer]
    python = python_with(home, packages)
    script = str(Path(__file__).with_name("peer_disclosure.py"))
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                (python, script, way),
                input=json.dumps(asked),
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotMeasured(f"not finished in {seconds:.0f} s") from error
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        raise NotMeasured(f"it failed here: {' '.join(last)[:80]}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told
