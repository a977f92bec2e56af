"""A quarter of contacts in an invented catchment, played with and without the advice before a contact.

`inventing` makes the quarter and knows nothing of coordination; `playing` asks the real advice; `counting`
says what came of it by a definition of its own.
"""
