"""The folders of offices opened before on this computer: paths only, nothing about anyone."""

import json
from contextlib import suppress
from pathlib import Path

KEPT = 6


class RecentOffices:
    """A short list in one small file; a damaged or missing file is an empty list."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def folders(self) -> tuple[Path, ...]:
        """The folders, the last opened first."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return ()
        if not isinstance(found, list):
            return ()
        return tuple(Path(one) for one in found if isinstance(one, str) and one)[:KEPT]

    def remember(self, folder: Path) -> None:
        """Put a folder on top. Where that can't be written, it is simply not remembered."""
        whole = folder.absolute()
        kept = [whole, *(old for old in self.folders() if old != whole)][:KEPT]
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps([str(one) for one in kept], indent=1), "utf-8")
