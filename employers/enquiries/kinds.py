"""What each of the choices is called, and what an employer is asked for under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models import Kind, Offer

Text = str | Promise


USUAL_STEP = _("What you need")
USUAL_ON = _("On to what you need")
USUAL_WHERE = _("Which workplace is it about?")


@dataclass(frozen=True)
class Words:
    """name, text, icon: the choice on the front page. The rest stands in the form.

    where: the question of the workplace; need: the heading of the second step; step: its name in the
    list of steps, and `on` the button that leads to it; label and hint: the message, where there is no
    vacancy to describe.
    """

    name: Text
    text: Text
    icon: str
    need: Text
    step: Text = USUAL_STEP
    on: Text = USUAL_ON
    where: Text = USUAL_WHERE
    label: Text = ""
    hint: Text = ""


WORDS: dict[str, Words] = {
    Kind.RECRUIT: Words(
        name=_("Recruit staff"),
        text=_(
            "Get candidates suggested from the whole labour catchment, and have the vacancy published. "
            "Free of charge."
        ),
        icon="person-add",
        where=_("Where will the person work?"),
        need=_("Which job is it?"),
        step=_("The vacancy"),
        on=_("On to the vacancy"),
    ),
    Kind.WAGE_SUBSIDY: Words(
        name=_("Hire with a wage subsidy"),
        text=_("We work out the conditions together with you."),
        icon="payments",
        where=_("Where will the person work?"),
        need=_("What is the job with a wage subsidy about?"),
        label=_("The tasks"),
        hint=_("What the person would do, and what they must be able to do from the first day."),
    ),
    Kind.WORK_TRIAL: Words(
        name=_("Offer a work trial"),
        text=_("Get to know each other for some weeks."),
        icon="trainee",
        where=_("Where will the person be?"),
        need=_("Which work trial can you offer?"),
        label=_("The tasks"),
        hint=_("Which tasks there are, and whether it can lead to a job."),
    ),
    Kind.INCLUSIVE: Words(
        name=_("Flexjob and the inclusive labour market"),
        text=_("Hire a person who cannot work full time."),
        icon="groups",
        where=_("Where will the person work?"),
        need=_("Which tasks do you have for a person with fewer hours?"),
        label=_("The tasks"),
        hint=_(
            "Which tasks could be a job of their own, and what you can adapt at the workplace. "
            "Write nothing about the health of a particular person."
        ),
    ),
    Kind.RETENTION: Words(
        name=_("Keep or upskill staff"),
        text=_("Illness, new demands, or apprentices on the job."),
        icon="support-agent",
        where=_("Where does the person work?"),
        need=_("Whom do you want to keep or upskill?"),
        label=_("What has changed, and what you have tried"),
        hint=_(
            "We need no diagnosis: write nothing about illness beyond that somebody is away, "
            "and no name or CPR number."
        ),
    ),
    Kind.DISMISSALS: Words(
        name=_("Help with dismissals"),
        text=_("We help those affected on to a new job. It is not a notice."),
        icon="document",
        where=_("Where do those affected work?"),
        need=_("How many are affected, and when?"),
        label=_("Which jobs are affected?"),
        hint=_("The jobs and how many in each. Write no names. Then we can help them on to a new job early."),
    ),
    Kind.JOB_ROTATION: Words(
        name=_("Job rotation"),
        text=_("Train your staff while unemployed people stand in for them."),
        icon="groups",
        where=_("Where do the employees work?"),
        need=_("Who goes on training, and who stands in?"),
        label=_("The training"),
        hint=_("Which training it is and where, and what the substitutes would do. Write no names."),
    ),
    Kind.OTHER: Words(
        name=_("Something else"),
        text=_("Write in your own words. We find the right person, and you hear from one."),
        icon="chat",
        need=_("What can we help you with?"),
        label=_("Your message"),
        hint=_("Write in your own words. Write no CPR numbers and nothing about anybody's health."),
    ),
}


def offered(*, on: date) -> dict[str, Words]:
    """The choices of a day, in their order: some end with the law they come from. At most two queries."""
    withdrawn = Offer.objects.withdrawn(on)
    return {kind: words for kind, words in WORDS.items() if kind not in withdrawn}
