"""How a source writes a vacancy, in JSON or in a line of a file, and what is said about a slip in it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from employers.companies.cvr import checked
from employers.vacancies.models import Terms
from employers.vacancies.models.vacancy import AHEAD
from employers.vacancies.receiving import Told
from jobcenter.classifications.models import EverydayTitle, Occupation
from jobcenter.geography.models import Municipality, Postcode
from jobcenter.pages.privacy import without_cpr

OPTIONAL = {"required": False, "allow_blank": True, "default": ""}


class Telling(serializers.Serializer):
    """A vacancy as its source tells it. `told()` is what it comes to, once it is valid."""

    external_id = serializers.CharField(max_length=100, help_text=_("The source's own id of the vacancy."))
    link = serializers.URLField(max_length=500, help_text=_("Where one can read it and apply."))
    title = serializers.CharField(max_length=100, validators=[without_cpr])
    text = serializers.CharField(max_length=5000, validators=[without_cpr])
    employer = serializers.CharField(max_length=200)
    cvr = serializers.CharField(**OPTIONAL, help_text=_("Eight digits, when it is known."))
    address = serializers.CharField(max_length=200, **OPTIONAL)
    postcode = serializers.CharField(**OPTIONAL, help_text=_("Four digits; needed without a municipality."))
    municipality = serializers.CharField(**OPTIONAL, help_text=_("Its code of four digits, such as 0259."))
    occupation = serializers.CharField(
        **OPTIONAL, help_text=_("Its DISCO-08 code of four or six digits; else it is found by the title.")
    )
    terms = serializers.ChoiceField(choices=Terms, default=Terms.ORDINARY)
    positions = serializers.IntegerField(min_value=1, max_value=500, default=1)
    hours = serializers.DecimalField(
        max_digits=3, decimal_places=1, min_value=1, max_value=48, allow_null=True, default=None
    )
    starts_on = serializers.DateField(allow_null=True, default=None)
    apply_by = serializers.DateField()

    def validate_cvr(self, value: str) -> str:
        return checked(value) if value else ""

    def validate_apply_by(self, value: Any) -> Any:
        today = timezone.localdate()
        if not today <= value <= today + AHEAD:
            raise serializers.ValidationError(_("The last day to apply is not within the next two years."))
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the municipality, the town and the occupation."""
        today = timezone.localdate()
        postcode = Postcode.objects.valid(today).filter(code=attrs["postcode"]).first()
        if attrs["postcode"] and not postcode:
            raise serializers.ValidationError({"postcode": _("There is no such postcode.")})
        attrs["town"] = postcode.name if postcode else ""
        attrs["municipality"] = self._municipality(attrs["municipality"], postcode)
        attrs["occupation"] = self._occupation(attrs["occupation"], attrs["title"])
        return attrs

    def _municipality(self, code: str, postcode: Postcode | None) -> Municipality:
        if code:
            found = Municipality.objects.valid(timezone.localdate()).filter(code=code).first()
            if not found:
                raise serializers.ValidationError({"municipality": _("There is no such municipality.")})
            return found
        if not postcode:
            raise serializers.ValidationError({"postcode": _("Write a postcode or a municipality.")})
        return postcode.municipality

    def _occupation(self, code: str, title: str) -> Occupation:
        valid = Occupation.objects.valid(timezone.localdate()).filter(level__gte=4)
        if code:
            found = valid.filter(code=code).first()
            if not found:
                raise serializers.ValidationError({"occupation": _("There is no such code of DISCO-08.")})
            return found
        called = EverydayTitle.objects.filter(folded=title.lower()).values("occupation")
        by_title = list(valid.filter(pk__in=called)[:2])
        if len(by_title) != 1:
            raise serializers.ValidationError(
                {"occupation": _("The title does not tell the occupation: write its code of DISCO-08.")}
            )
        return by_title[0]

    def told(self) -> Told:
        return Told(**self.validated_data)
