"""Making what is published safe: withholding, and an attack on what was withheld."""
