"""Plain Python: no Qt, no SQL, no files, no clock of its own."""
