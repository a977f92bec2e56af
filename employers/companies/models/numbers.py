"""How the numbers that companies are known by are written, as regular expressions of the database."""

EIGHT_DIGITS = r"^\d{8}$"
TEN_DIGITS = r"^\d{10}$"
TWO_CAPITALS = r"^[A-Z]{2}$"
