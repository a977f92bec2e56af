"""A number, a person and a reason; what is told to be left out; and corrections as issues of their own."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from jobcenter.accounts.workflow import TransitionRefused
from regions.measures.models import Measurement
from regions.publications import checking, correcting
from regions.publications.freezing import draw_up
from regions.publications.models import FrozenResult, Publication
from regions.publications.publishing import publish
from tests.regions.publications.conftest import QUARTER, TODAY
from tests.regions.publications.making import REASON


def published_by(user, draft, reason=REASON):
    organisation = user.memberships.get().organisation
    return publish(publication=draft, by=user, organisation=organisation, reason=reason)


def test_an_issue_has_the_next_number_a_person_and_a_reason(compared, issue, national):
    first = issue()

    [step] = first.log.all()
    assert (first.number, step.by, step.comment) == (1, national, REASON)
    assert first.published_at == step.at


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_published(compared, national, reason):
    draft = draw_up(quarter=QUARTER, on=TODAY)

    with pytest.raises(TransitionRefused):
        published_by(national, draft, reason)

    assert Publication.objects.get().is_draft


def test_the_countrys_comparison_is_published_by_the_national_authority_alone(compared, national, sjaelland):
    """Tried in a shell, in its own name and in the authority's; and past the code, by the log itself."""
    draft = draw_up(quarter=QUARTER, on=TODAY)
    authority = national.memberships.get().organisation

    for organisation in (sjaelland.office.organisation, authority):
        with pytest.raises(TransitionRefused, match="den nationale myndighed"):
            publish(publication=draft, by=sjaelland.officer, organisation=organisation, reason=REASON)
        with pytest.raises(IntegrityError, match="national authority"), transaction.atomic():
            draft.log.create(
                from_state="draft",
                to_state="published",
                by=sjaelland.officer,
                organisation=organisation,
                comment=REASON,
            )

    assert Publication.objects.get().is_draft


def test_what_was_checked_is_what_is_published_or_nothing_is(compared, recomputed, koege, national):
    draft = draw_up(quarter=QUARTER, on=TODAY)
    recomputed(koege.jobcentre, actual=360)

    with pytest.raises(TransitionRefused, match="Dan den igen"):
        published_by(national, draft)

    published_by(national, draw_up(quarter=QUARTER, on=TODAY))


def test_an_empty_quarter_is_not_published(measures, national):
    with pytest.raises(TransitionRefused):
        published_by(national, draw_up(quarter=QUARTER, on=TODAY))


def test_the_second_to_publish_is_told(compared, national):
    draft = draw_up(quarter=QUARTER, on=TODAY)
    same = Publication.objects.get()
    published_by(national, draft)

    with pytest.raises(TransitionRefused):
        published_by(national, same)


def test_a_correction_is_a_new_issue_that_says_what_was_wrong_and_what_differs(
    compared, recomputed, koege, issue
):
    first = issue()
    recomputed(koege.jobcentre, actual=360, expected=470.0)

    second = issue("Køges tal manglede to uger.")

    assert (second.number, second.corrects, second.correction) == (2, first, "Køges tal manglede to uger.")
    [one] = correcting.differences(second)
    assert (str(one.participant), one.before.actual, one.after.actual) == ("Jobcenter Køge", 354, 360)
    assert one.is_of_figures
    assert first.newer == second
    before = FrozenResult.objects.get(comparison__publication=first, participant__jobcentre=koege.jobcentre)
    assert before.actual == 354


def test_what_only_was_expected_otherwise_is_told_apart(compared, recomputed, koege, roskilde, issue):
    issue()
    recomputed(koege.jobcentre, expected=470.0)

    [one] = correcting.differences(issue("Rammevilkårene var gamle."))

    assert not one.is_of_figures
    assert (one.before.expected, one.after.expected) == (471.0, 470.0)


def test_a_quarter_that_is_published_is_drawn_up_again_only_as_a_correction(compared, issue):
    issue()

    with pytest.raises(ValidationError, match="hvad der var forkert"):
        draw_up(quarter=QUARTER, on=TODAY)


def test_a_correction_of_nothing_is_refused(compared, issue):
    issue()

    with pytest.raises(TransitionRefused):
        issue("Intet")


def test_what_is_immature_or_waits_is_told_by_measure(compared, measures):
    """Whether somebody got a job within 6 months cannot be known in November of those who left in August."""
    draft = draw_up(quarter=QUARTER, on=TODAY)

    told = {one["code"]: (one["why"], one["usable"]) for one in draft.left_out}
    assert told["exit_to_job_6_months"] == ("immature", "2027-04-01")
    assert told["back_within_12_months"][0] in ("none", "immature")
    assert "job_after_6_months" not in told


def test_figures_that_are_not_compared_yet_are_counted(compared, measure_all, koege, group):
    measure_all([koege.jobcentre], [0.4], period="2026QMAT03")

    assert checking.check(draw_up(quarter=QUARTER, on=TODAY)).not_computed == 1
    assert Measurement.objects.exists()
