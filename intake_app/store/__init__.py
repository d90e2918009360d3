"""The office file: the only package that imports sqlalchemy, sqlcipher3 and alembic."""
