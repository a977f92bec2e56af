"""The skills a candidate may be shown with, and which of them an advertisement mentions. Pure.

A closed list of certificates and practised work: nobody types a skill in, so nothing about age, sex, origin
or health can come to stand here. Mother tongues are left out on purpose, since they stand for origin.
"""

from __future__ import annotations

import re

WORDS: dict[str, str] = {
    "licence_b": r"kørekort( til bil|, kat\w* b| kat\w* b| b)?|driving licence",
    "licence_c": r"kørekort( kat\w*)? c|lastbil\w*|lorry|truck driver",
    "forklift": r"truck(certifikat|kort|fører\w*|kørsel)?|gaffeltruck\w*|forklift",
    "crane": r"kran(certifikat|fører\w*|bevis)?|crane",
    "welding": r"svejs\w*|weld\w*",
    "hot_work": r"varmt arbejde|§ ?17[ -]kursus|hot work",
    "scaffolding": r"stillads\w*|scaffold\w*",
    "machines": r"maskin(operatør|fører|betjen)\w*|procesoperatør\w*|ekstruder\w*|cnc\w*|operate machines",
    "hygiene": r"hygiejne(bevis|kursus|certifikat)?|fødevarehygiejne|food hygiene",
    "cooking": r"kok|kokke\w*|køkken\w*|madlavning|cook\w*",
    "cleaning": r"rengøring\w*|clean\w*",
    "care": r"pleje\w*|omsorg\w*|sosu\w*|care work\w*",
    "children": r"børn|børnehave\w*|pædagog\w*|childcare",
    "till": r"kasse(betjening|ekspedi\w*)?|ekspedi\w*|cash register",
    "customers": r"kunde(betjening|service|kontakt)\w*|customer service",
    "spreadsheets": r"regneark\w*|excel|spreadsheet\w*",
    "bookkeeping": r"bogholder\w*|bogføring|regnskab\w*|bookkeep\w*|accounting",
    "programming": r"programm\w*|softwareudvikl\w*|software develop\w*",
    "first_aid": r"førstehjælp\w*|first aid",
}
"""A skill and the words of an advertisement that mention it."""

_FOUND = {skill: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for skill, words in WORDS.items()}


def mentioned(text: str) -> frozenset[str]:
    """The skills of the list that the text mentions."""
    return frozenset(skill for skill, words in _FOUND.items() if words.search(text))
