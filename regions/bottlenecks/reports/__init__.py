"""The half-yearly reports: drafted, reviewed, published, corrected."""
