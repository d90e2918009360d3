"""The workbench of the fault tests: one process that does acts on the failing disk."""

from collections.abc import Iterator

import pytest

from tests.faults.workbench import Workbench


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A place for acts on a failing disk."""
    with Workbench(tmp_path_factory.mktemp("faults")) as made:
        yield made
