"""The corrections of the demonstration."""

import pytest
from django.core.management import call_command

from jobcenter.centres import demo as people
from jobcenter.geography import demo as catchments
from jobcenter.geography.models import Catchment, Correction, Municipality
from jobcenter.runtime import demo

pytestmark = pytest.mark.django_db


def test_officers_of_the_area_have_corrected_what_the_estimate_does_not_know(monkeypatch):
    call_command("load_reference_data", "geography", "centres")
    monkeypatch.setattr(demo, "rooms", lambda: [people.load, catchments.load])

    demo.invent()

    assert {
        (one.centre.name, one.effect, one.municipality.name, one.made_by.memberships.get().organisation.name)
        for one in Correction.objects.all()
    } == {
        ("Guldborgsund", "include", "Lolland", "Område Sjælland"),
        ("Aarhus", "exclude", "Samsø", "Område Midtjylland"),
    }
    lolland = Municipality.objects.in_catchment_of(Municipality.objects.filter(name="Lolland"))
    assert {one.name for one in lolland} == {"Lolland", "Guldborgsund"}
    assert not Catchment.objects.in_force().get(centre__name="Aarhus", municipality__name="Samsø").belongs
