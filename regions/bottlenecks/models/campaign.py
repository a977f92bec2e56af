"""Which campaigns were begun from which lines of the reports."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from employers.campaigns.models import Campaign, Share
from jobcenter.geography.models import Area
from regions.bottlenecks.models.report import Line


class LineCampaignQuerySet(models.QuerySet["LineCampaign"]):
    def visible_to(self, area: Area) -> Self:
        """Those of the area's own reports."""
        return self.filter(line__report__area=area)

    def newest_first(self) -> Self:
        return self.order_by("-campaign__created_at", "-pk")

    def running_first(self) -> Self:
        """Those that run, the newest first, and then those that ended last."""
        return self.order_by(F("campaign__ended_at").desc(nulls_first=True), "-campaign__created_at", "-pk")

    def with_answers(self) -> Self:
        """`asked`, and of those `accepted`, `declined` and `unanswered`: so many jobcentres."""
        answers = {"accepted": Share.Answer.ACCEPTED, "declined": Share.Answer.DECLINED, "unanswered": ""}
        return self.annotate(
            asked=Count("campaign__shares"),
            **{
                name: Count("campaign__shares", filter=Q(campaign__shares__answer=answer))
                for name, answer in answers.items()
            },
        )

    def until(self, line: Line) -> Self:
        """Begun from the line, another issue of it, or what earlier reports say of its occupation there."""
        return self.filter(
            line__occupation=line.occupation_id,
            line__report__area=line.report.area_id,
            line__report__ends_on__lte=line.report.ends_on,
        )


class LineCampaign(models.Model):
    """A campaign that an area office began from a line of a published report, and which line it was.

    It follows the occupation in the area: a corrected issue and the next reports show it too. It begins from
    what the area says that day, not from what has been corrected or is of an earlier half-year.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("line"))
    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="begun_from", verbose_name=_("campaign")
    )

    objects = LineCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign of a line")
        verbose_name_plural = _("campaigns of lines")
        triggers = [
            pgtrigger.Trigger(
                name="begun_from_what_is_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1
                        FROM bottlenecks_line line
                        JOIN bottlenecks_report report ON report.id = line.report_id
                        JOIN campaigns_campaign campaign ON campaign.id = NEW.campaign_id
                        JOIN centres_areaoffice office ON office.area_id = report.area_id
                             AND office.organisation_id = campaign.organisation_id
                        WHERE line.id = NEW.line_id AND report.state = 'published'
                              AND campaign.occupation_id = line.occupation_id
                              AND NOT EXISTS (
                                  SELECT 1 FROM bottlenecks_report newer
                                  WHERE newer.area_id = report.area_id AND newer.state = 'published'
                                        AND (newer.ends_on, newer.number) > (report.ends_on, report.number)
                              )
                    ) THEN
                        RAISE EXCEPTION 'a campaign is begun by the area office from its newest report'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} → {self.campaign_id}"
