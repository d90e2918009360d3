"""Who made a release."""

from datetime import datetime

import pytest

from tests.report_parts import made


def test_the_time_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        made(made_at=datetime(2026, 11, 28))  # noqa: DTZ001
