"""Backups of an office: made, found, proven, brought back, and kept free of what was destroyed."""
