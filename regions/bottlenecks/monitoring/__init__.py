"""The monitoring pages: any occupation, any place, any half-year."""
