"""Where the program's own files and the user's settings are.

The same three questions have different answers in a checkout (`resources/` and `db/` stand
beside the package), in a wheel (inside it, under `_data/`) and in a frozen program (beside the
executable's own files).
"""

import sys
from pathlib import Path

import platformdirs


def resources() -> Path:
    """The folder of fonts, icons, authorities, letters and other content."""
    return _shipped("resources")


def db_folder() -> Path:
    """The folder of the migrations of the office file."""
    return _shipped("db")


def user_config() -> Path:
    """The folder for this user's settings of the window; made where it is missing.

    Nothing about any client is ever written there.
    """
    return platformdirs.user_config_path("intake-desk", appauthor=False, ensure_exists=True)


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [package / "_data", package.parent]
    if frozen is not None:
        places.insert(0, Path(frozen))
    for place in places:
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"The program's own folder {name!r} is missing; install it again.")
