"""A process that does acts on the failing disk, each in a fork of its own.

    python -m tests.faults.worker

It reads one act a line, as JSON: `{"act": …, "folder": …, "killed_after": …}`, the last in seconds
or null. On standard output stands what the act says aloud, a line each, then `end` and how it
ended: 0 done, 1 refused with a sentence, 2 with anything else, negative the signal that killed it.
"""

import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from types import TracebackType

from intake_app.core.errors import AppError
from tests.faults.acts import ACTS

DONE, REFUSED, BROKE = 0, 1, 2


def say(*words: object) -> None:
    """Say that something is done, in one write, so that it was said whole or not at all."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _do(act: str, folder: Path) -> int:
    try:
        ACTS[act].do(folder, say)
    except AppError as error:
        say("sentence", error.sentence)
        return REFUSED
    return DONE


def _broke(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(BROKE)


def main() -> None:
    """Do one act after another until there are no more."""
    # The log follows descriptor 1, in the forks only.
    ends = os.dup(1)
    os.write(ends, b"ready\n")
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            # Whatever else is raised is printed, and ends the process with `BROKE`.
            sys.excepthook = _broke
            os._exit(_do(asked["act"], Path(asked["folder"])))
        if asked["killed_after"] is not None:
            time.sleep(asked["killed_after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.write(ends, f"end {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
