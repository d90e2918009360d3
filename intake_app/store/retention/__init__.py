"""How long records are kept, and how what is due is destroyed."""
