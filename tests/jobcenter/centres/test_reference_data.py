"""The reference data of the ground floor as one command loads them."""

import pytest
from django.core.management import CommandError, call_command

from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.classifications.models import Industry, Occupation
from jobcenter.geography.models import Area, Municipality, Outline, Postcode

pytestmark = pytest.mark.django_db

ROOMS = ("geography", "classifications", "centres")


def test_one_command_loads_everything_and_a_second_time_has_nothing_to_do(capsys):
    call_command("load_reference_data", *ROOMS, "--strict")
    first = capsys.readouterr()

    counts = [
        model.objects.count() for model in (Area, Municipality, Outline, Postcode, Occupation, Industry)
    ]
    assert counts == [17, 98, 98, 1124, 1171, 1407]
    assert (Jobcentre.objects.count(), Serves.objects.count()) == (95, 99)
    assert "geography.Postcode: 1124 added, 0 changed, 0 unchanged, 0 refused" in first.out
    assert first.err == ""

    call_command("load_reference_data", *ROOMS, "--strict")
    assert capsys.readouterr().out == "Reference data: nothing has changed.\n"

    call_command("load_reference_data", *ROOMS, "--force")
    again = capsys.readouterr().out.splitlines()
    assert len(again) == len(first.out.splitlines())
    assert all(": 0 added, 0 changed, " in line and ", 0 refused" in line for line in again)


def test_a_municipality_that_nobody_answers_for_is_told_also_when_nothing_has_changed(capsys):
    call_command("load_reference_data", *ROOMS, verbosity=0)
    Serves.objects.filter(municipality__name="Samsø").delete()

    call_command("load_reference_data", *ROOMS)

    assert "centres.jobcentres: nobody answers for Samsø (0741) from 2007-01-01\n" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("load_reference_data", *ROOMS, "--strict")
