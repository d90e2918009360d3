"""Work beside an open office: one at a time, and closing waits for its end."""

import threading
import time

import pytest

from intake_app.store.backups.files import BackupStopped
from intake_app.store.beside import Beside


def test_ending_stops_what_runs_and_waits_for_it() -> None:
    beside, began = Beside(), threading.Event()
    over = False

    def work() -> None:
        nonlocal over
        with beside.working() as stopped:
            began.set()
            while not stopped():
                time.sleep(0.001)
            time.sleep(0.1)
            over = True

    thread = threading.Thread(target=work)
    thread.start()
    began.wait()
    beside.end()
    assert over, "the keys are wiped next: nothing may still use them"
    thread.join()
    assert beside.ended
    with pytest.raises(BackupStopped), beside.working():
        pass


def test_one_waits_for_the_other() -> None:
    beside, began = Beside(), threading.Event()
    order: list[int] = []

    def work() -> None:
        with beside.working():
            began.set()
            time.sleep(0.1)
            order.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    began.wait()
    with beside.working():
        order.append(2)
    thread.join()
    assert order == [1, 2]
