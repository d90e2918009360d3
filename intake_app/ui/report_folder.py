"""A published release on the disk: in a folder of its own, earlier ones never touched."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

from intake_app.core.errors import AppError
from intake_app.ui.asking import write_file

_MOST = 1000


class HasFiles(Protocol):
    """A release of tables or of rows."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """Bytes to write, by file name."""


T = TypeVar("T", bound=HasFiles)


def release_into(folder: Path, name: str, make: Callable[[], T]) -> tuple[T, Path]:
    """Make room on the disk, publish, then write the files; return where they are.

    Nothing is published where no folder can be made, and no half of the files stays. Raises
    what `make` raises, and `AppError` about the disk.
    """
    try:
        place = _new_folder(folder, name)
    except OSError as error:
        raise AppError(
            "No folder can be made there, so nothing was published. Choose another folder."
        ) from error
    try:
        release = make()
    except BaseException:
        with suppress(OSError):
            place.rmdir()
        raise
    try:
        for file, content in release.files.items():
            write_file(place / file, content)
    except AppError as error:
        shutil.rmtree(place, ignore_errors=True)
        raise AppError(
            "The release is published, but its files can’t be written there. Press Release again "
            "and choose another folder: the figures stay the same."
        ) from error
    return release, place


def _new_folder(folder: Path, name: str) -> Path:
    for number in range(1, _MOST):
        place = folder / (name if number == 1 else f"{name} ({number})")
        with suppress(FileExistsError):
            place.mkdir(parents=True)
            return place
    raise FileExistsError(name)
