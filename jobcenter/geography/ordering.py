"""Danish alphabetical order as a text that any database sorts right. Pure."""

import re
import unicodedata

# Only a–z, digits and spaces are left, so that no collation can disagree. z becomes two letters to make
# room for the three after it; nothing else can give the same pair.
_LAST = {"z": "za", "æ": "zb", "ø": "zc", "å": "zd"}
_LIKE = {"ä": "æ", "ö": "ø", "ü": "y", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "œ": "ø"}


def danish_sort_key(text: str) -> str:
    """A key that sorts as Danish does: æ, ø and å last, aa as å, accents and capitals aside.

    ä and ö sort as æ and ø, ü as y. Whatever is neither letter nor digit separates words.
    Source: Retskrivningsordbogen (Dansk Sprognævn) on alphabetical order, which has aa for one sound as å.
    """
    letters = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        known = _LIKE.get(letter, letter)
        letters.append(known if known in _LAST else unicodedata.normalize("NFD", known)[0])
    plain = re.sub(r"[^a-z0-9æøå]+", " ", "".join(letters)).strip().replace("aa", "å")
    return "".join(_LAST.get(letter, letter) for letter in plain)
