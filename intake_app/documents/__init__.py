"""Letters and summaries as bytes in memory, never a path."""
