"""The window: PySide6, one file a screen."""
