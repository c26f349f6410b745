"""Why a file could not be read."""

from flows.limits import LIMITS


class Unreadable(Exception):
    """A file that cannot be read: ``code`` for machines, ``reason`` (Chinese) for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class OverLimit(Unreadable):
    """A file that asks for more than is allowed. ``limit`` is a name of ``limits.LIMITS``; the file's ``figure`` is in that limit's unit."""

    def __init__(self, limit: str, figure: int | None = None) -> None:
        super().__init__(f"over_{limit}", LIMITS[limit].reason(figure))
        self.limit = limit
