"""Making a summary safe: withholding, and an attack on what was withheld."""
