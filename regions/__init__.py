"""The second floor: regional oversight."""
