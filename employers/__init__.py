"""The first floor: one entrance for employers."""
