"""Letters: their kinds, what each may know and say, and what stops one. Plain Python."""
