"""Read a file somebody chose to add to a case, and refuse what can't be a document."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intake_app.core.answers import clean
from intake_app.core.document_media import (
    HEAD,
    LARGEST,
    LONGEST_TITLE,
    BadFile,
    Media,
    media_of,
    too_large,
)

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class TakenFile:
    """A chosen file in memory; `title` is its name without the ending, to begin with."""

    content: bytes
    media: Media
    title: str


class Stopped(BadFile):
    """She changed her mind while the file was read."""


def take_file(path: Path, stopped: Callable[[], bool]) -> TakenFile:
    """The whole file, read once; raise `BadFile` or `Stopped`.

    Needs no office: it may wait for a slow disk on a thread of its own.
    """
    content = io.BytesIO()
    try:
        if not path.is_file():
            raise BadFile("This is not a file. Open the folder and choose the files in it.")
        with path.open("rb") as file:
            head = file.read(HEAD)
            media = media_of(head)
            content.write(head)
            # The size a disk tells may be wrong; what was read counts.
            while chunk := file.read(_CHUNK):
                content.write(chunk)
                if content.tell() > LARGEST:
                    raise too_large()
                if stopped():
                    raise Stopped("This file was not added.")
    except OSError as error:
        raise BadFile(
            "This file can’t be read. Check that it is still there and not open in another "
            "program, or copy it to this computer first."
        ) from error
    return TakenFile(
        content.getvalue(), media, clean(path.stem)[:LONGEST_TITLE].strip() or "Document"
    )
