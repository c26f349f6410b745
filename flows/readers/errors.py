"""Why a file could not be read."""


class Unreadable(Exception):
    """A file that cannot be read: ``code`` for machines, ``reason`` (Chinese) for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
