"""Why a backup cannot be made or put back."""


class BackupError(Exception):
    """A sentence for the administrator; nothing was changed."""
