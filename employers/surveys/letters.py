"""The one mail of the survey: where the three questions are. It waits for the day's one mail."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from employers.surveys.models import Survey
from employers.surveys.notices import SURVEY
from jobcenter.notifications.models import Notice
from jobcenter.notifications.telling import notify


def ask(survey: Survey, *, on: date) -> Notice | None:
    """In the language the employer wrote in; None when they want no such mail."""
    vacancy = survey.vacancy
    enquiry = vacancy.enquiry
    with translation.override(enquiry.language):
        subject = _("Three short questions about “%(title)s”") % {"title": vacancy.title}
        return notify(
            to=enquiry.person.email,
            kind=SURVEY,
            key=f"{vacancy.pk}",
            subject=subject[:200],
            text=render_to_string(
                "employers/surveys/mail/ask.txt", {"vacancy": vacancy, "survey": survey}
            ).strip(),
            link=survey.link,
            language=enquiry.language,
            on=on,
        )
