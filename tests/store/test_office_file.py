"""A connection to an office file holds nobody up when it is closed."""

import threading
import time
from contextlib import closing
from pathlib import Path

from intake_app.store.office_file import connect_to

KEY = bytes(range(32))


def test_other_threads_go_on_while_it_is_closed(tmp_path: Path) -> None:
    """Thousands of pages are overwritten then: the window may not stand still meanwhile."""
    path = tmp_path / "office.db"
    with closing(connect_to(path, KEY, create=True)) as raw:
        raw.execute("CREATE TABLE ballast (content BLOB)")
        raw.execute("INSERT INTO ballast VALUES (zeroblob(30000000))")
    raw = connect_to(path, KEY)
    raw.execute("SELECT sum(length(hex(content))) FROM ballast").fetchone()
    ticks = 0
    running, closed = threading.Event(), threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not closed.is_set():
            running.set()
            time.sleep(0.001)
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    running.wait()
    before = ticks
    raw.close()
    after = ticks
    closed.set()
    thread.join()
    assert after - before >= 5
