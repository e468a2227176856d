"""data/ on disk: its schemas, read and written whole or not at all."""
