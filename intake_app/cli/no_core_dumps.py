"""What is in memory is not written to a file where the program crashes."""

import ctypes
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4
"""Of `prctl(2)`: no core dump, and no other program of this user may look into the memory."""


def no_core_dumps() -> None:
    """Call it once, first of all. Windows keeps no full dumps of a program unless told to."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
