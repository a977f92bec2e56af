"""Words about somebody's health in a text. They are pointed out, not refused: people decide.

Information about health is of the special categories (GDPR article 9): a jobcentre that is asked for help
with staff needs none of it from the employer. Pure: a text in, words out.
"""

import re

STEMS = (
    # The names people give to illnesses and their treatment, in Danish.
    *("adhd", "aids", "alkoholi", "alkoholmisbrug", "angst", "anoreksi", "artrose", "asperger", "autis"),
    *("bipolar", "blodprop", "cancer", "demens", "depress", "diabetes", "diagnos", "diskusprolaps"),
    *("epilep", "fibromyalgi", "gigt", "graviditet", "hiv", "hjernerystelse", "hjernetumor", "hjertesygdom"),
    *("hjertestop", "kemoterapi", "knoglebrud", "kræft", "leukæmi", "medicin", "migræne", "misbrug"),
    *("nedbrud", "parkinson", "piskesmæld", "ptsd", "psykiatri", "psykisk", "psykolog", "rygskade"),
    *("selvmord", "sindslidelse", "skizofreni", "sklerose", "slidgigt", "spiseforstyrrelse", "stress"),
    *("sukkersyge", "sygdom", "tumor", "udbrændt"),
    # And in English.
    *("addiction", "anxiety", "arthritis", "burnout", "burn-out", "chemotherapy", "concussion", "dementia"),
    *("disease", "epileps", "illness", "leukaemia", "medication", "mental health", "migraine", "pregnan"),
    *("psychiatr", "psycholog", "schizophreni", "sclerosis", "stroke", "suicid", "tumour"),
)
_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(stem) for stem in STEMS)})\w*", re.IGNORECASE)


def health_words(text: str) -> list[str]:
    """Each such word once, as it stands in the text, in the order in which they come."""
    found: dict[str, str] = {}
    for match in _WORDS.finditer(text):
        found.setdefault(match[0].casefold(), match[0])
    return list(found.values())
