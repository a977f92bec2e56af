"""What a page says, for tests that look for a number on it."""

from __future__ import annotations

import re

from django.http import HttpResponse

TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')


def without_tokens(page: HttpResponse) -> str:
    """The page without its tokens against forgery: 64 letters and digits by chance, in which any number may
    stand.
    """
    return TOKEN.sub("", page.text)
