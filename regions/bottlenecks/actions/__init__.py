"""What can be done about a line of a report."""
