"""What a person reads on a page."""

import html
import re

from django.http import HttpResponse

SILENT = re.compile(r"<(script|svg)\b.*?</\1>", re.DOTALL)
INLINE = re.compile(r"</?(strong|a|time)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")


def text_of(page: HttpResponse) -> str:
    """The words of the page without its frame, with one space between them."""
    main = re.search(r"<main.*</main>", page.text, re.DOTALL)
    assert main, "the page has no main part"
    words = TAG.sub(" ", INLINE.sub("", SILENT.sub("", main[0])))
    return " ".join(html.unescape(words).split())
