"""After a power cut at any moment an office opens and has everything it acknowledged.

What a process wrote and when it asked the disk to keep it is logged; then the disk is cut off at
random moments, and of everything not yet synced a random part is lost.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.acts import ACTS
from tests.faults.disk_after_cut import Disk, read_log, said_in
from tests.faults.layer import Kind
from tests.faults.workbench import Workbench
from tests.soak import how_many

CUTS = how_many(3, 25)


@pytest.mark.parametrize("name", ACTS)
def test_nothing_acknowledged_is_lost(
    name: str, bench: Workbench, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    act, chosen = ACTS[name], random.Random()  # noqa: S311 - moments, not keys; fresh each time
    bench.anew(act)
    log = tmp_path / "log"
    bench.layer.watch(bench.folder, log)
    assert bench.do(act).code == 0, bench.errors()
    lines = read_log(log)
    # The worst moment is the one after something was acknowledged.
    just_said = [at + 1 for at, line in enumerate(lines) if line.kind is Kind.SAID]
    for _ in range(CUTS):
        cut = chosen.choice((chosen.randint(1, len(lines)), chosen.choice(just_said)))
        disk = Disk(bench.ready(act), bench.folder)
        disk.do(lines[:cut])
        there = tmp_path / "there"
        there.mkdir()
        disk.write_after_cut(there, chosen)
        said = said_in(lines[:cut])
        try:
            act.kept(there, said)
        except Exception as error:
            error.add_note(f"{name} cut after {cut} of {len(lines)}; said {said}")
            raise
        shutil.rmtree(there)
    record_property("cuts", CUTS)


def test_the_whole_log_is_the_folder_itself(bench: Workbench, tmp_path: Path) -> None:
    """With everything synced, what is worked out from the log is what stands on the disk."""
    act = ACTS["members"]
    bench.anew(act)
    log = tmp_path / "log"
    bench.layer.watch(bench.folder, log)
    ended = bench.do(act)
    lines = read_log(log)
    assert said_in(lines) == ended.said
    folders = {line.path.rpartition("/")[0] for line in lines}
    files = {line.path for line in lines if line.kind is Kind.WRITE}
    disk = Disk(bench.ready(act), bench.folder)
    disk.do(lines)
    disk.sync(files | folders)
    disk.write_after_cut(tmp_path / "there", random.Random(1))  # noqa: S311 - nothing is random
    for path in bench.folder.rglob("*"):
        if path.is_file() and not path.name.endswith("-shm"):
            again = tmp_path / "there" / path.relative_to(bench.folder)
            assert again.read_bytes() == path.read_bytes(), path.name
