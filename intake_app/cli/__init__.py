"""The command `intake-desk`."""

from intake_app.cli.commands import main

__all__ = ["main"]
