"""Backups: one file that holds the whole database and every uploaded file, and the way back."""

from .archive import Contents, read, write
from .refusal import BackupError

__all__ = ["BackupError", "Contents", "read", "write"]
