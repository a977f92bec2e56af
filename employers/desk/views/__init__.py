"""The pages of the desk, a file for each of those who sit there."""
