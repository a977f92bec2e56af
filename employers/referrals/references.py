"""References that say nothing about whom they stand for."""

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No vowels and nothing that looks alike: a reference is read out on the telephone."""


def new_candidate() -> str:
    """A candidate's, such as `K-7K4Q92`: drawn by lot, so nothing of the person can be read from it."""
    return f"K-{drawn(6)}"


def drawn(number: int) -> str:
    """So many letters and digits, drawn by lot."""
    return "".join(secrets.choice(ALPHABET) for _position in range(number))
