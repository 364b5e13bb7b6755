"""The podcast studio for research papers: fetch, read, write, record, mix, publish."""

__version__ = "0.1.0"
