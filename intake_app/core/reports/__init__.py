"""What an office can publish: what is counted, in which dates, in which tables."""
