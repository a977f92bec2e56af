"""Telling jobcentres about campaigns: the partners that they are asked, the maker what they answer."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.campaigns.models import Campaign, Share
from employers.campaigns.notices import ANSWERED, ASKED
from jobcenter.notifications.telling import language_of, notify


def ask_partners(campaign: Campaign) -> None:
    """The managers of each partner that has not answered yet."""
    for share in campaign.shares.filter(answer="").select_related("campaign", "jobcentre"):
        ask(share)


def ask(share: Share, *, since: datetime | None = None) -> None:
    """Its managers. since: when the partner declined, where it is asked again."""
    campaign, number = share.campaign, share.targets.count()
    again = f" after {since.isoformat()}" if since else ""
    for manager in share.jobcentre.managers():
        language = language_of(manager.email)
        with translation.override(language):
            told = {"by": campaign.organisation, "campaign": campaign.name, "number": number}
            notify(
                to=manager.email,
                kind=ASKED,
                key=f"campaign {campaign.pk} share {share.pk}{again}",
                subject=_("%(by)s asks you to take part in “%(campaign)s”") % told,
                text=ngettext(
                    "%(number)d company is meant for your jobcentre. Accept or decline on the page.",
                    "%(number)d companies are meant for your jobcentre. Accept or decline on the page.",
                    number,
                )
                % told,
                link=campaign.get_absolute_url(),
                language=language,
            )


def tell_of_answer(share: Share) -> None:
    """Whoever made the campaign; an officer, who may not open it, where it was begun from."""
    campaign = share.campaign
    language = language_of(campaign.made_by.email)
    with translation.override(language):
        told = {"jobcentre": share.jobcentre, "campaign": campaign.name, "reason": share.reason}
        if share.is_accepted:
            subject = _("%(jobcentre)s takes part in “%(campaign)s”") % told
            text = ""
        else:
            subject = _("%(jobcentre)s does not take part in “%(campaign)s”") % told
            text = _declined(campaign) % told
        notify(
            to=campaign.made_by.email,
            kind=ANSWERED,
            key=f"share {share.pk} {share.answer} {share.answered_at}",
            subject=subject,
            text=text,
            link=campaign.origin or campaign.get_absolute_url(),
            language=language,
        )


def _declined(campaign: Campaign) -> str:
    if campaign.origin:
        return _("The reason given: %(reason)s Its companies are not contacted. You can ask it again.")
    return _("The reason given: %(reason)s Its companies wait to be given to somebody else.")
