"""Register figures: read, compared with what is there, taken in."""
