"""Where migrations that have been written find the validator; it has moved to `jobcenter.pages.privacy`."""

from jobcenter.pages.privacy import without_cpr

__all__ = ["without_cpr"]
