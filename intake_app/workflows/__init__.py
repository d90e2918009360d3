"""One file for one thing a person does."""
