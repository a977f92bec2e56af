"""Telling a jobcentre that it is asked, and the area office that it has answered."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobcenter.accounts.models import Organisation, User
from jobcenter.notifications import outbox
from regions.oversight.forms import DecisionForm
from regions.oversight.models import Flag


@transaction.atomic
def decide(*, flag: Flag, form: DecisionForm, by: User, organisation: Organisation) -> Flag:
    """Carry out a valid decision, and write to the jobcentre's managers when they are to be heard.

    Raises TransitionRefused when somebody else was first. Source: Public Administration Act § 19.
    """
    form.decide(flag, by=by, organisation=organisation)
    if flag.state == Flag.State.HEARING:
        for manager in flag.jobcentre.managers():
            _ask(manager, flag)
    return flag


def _ask(manager: User, flag: Flag) -> None:
    with override("da"):
        outbox.put(
            to=manager.email,
            subject=_("%(jobcentre)s is asked for its view") % {"jobcentre": flag.jobcentre},
            body=_(
                "Hello %(name)s\n\n"
                "The area office is looking at a result and would like to hear from you before anything is decided:\n\n"
                "%(measure)s, %(group)s\n\n"
                "Please answer by %(day)s. You find the figures and the answer form here:\n%(link)s\n\n"
                "A flag is a reason to look, not a verdict."
            )
            % {
                "name": manager.get_full_name(),
                "measure": flag.measure,
                "group": flag.target_group,
                "day": flag.hearing_due_on.strftime("%d.%m.%Y") if flag.hearing_due_on else "",
                "link": f"{settings.PUBLIC_URL}{flag.get_absolute_url()}",
            },
            language="da",
            kind="hearing",
        )
