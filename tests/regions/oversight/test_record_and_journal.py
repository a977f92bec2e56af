"""How well flags have held, told to those who use them; the queue of what is late; a case for the journal."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from django.urls import reverse
from django.utils import timezone

from regions.oversight import record
from tests.regions.making import review
from tests.regions.reading import text_of


def test_before_anything_is_decided_nobody_knows(client, flag, sjaelland):
    client.force_login(sjaelland.officer)

    assert record.read().precision is None
    assert "Intet alvorligt flag er afgjort endnu" in text_of(client.get("/flag/"))


def test_the_record_counts_the_confirmed_and_the_false(client, make_flag, confirm, sjaelland, national):
    confirm(make_flag())
    make_flag(period="2025QMAT03").dismiss(
        by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Fejl"
    )
    make_flag(period="2024QMAT03")
    make_flag(period="2023QMAT03", severity="watch")

    read = record.read()

    assert (read.confirmed, read.dismissed, read.waiting) == (1, 1, 1)
    assert read.precision.lower < 0.5 < read.precision.upper
    client.force_login(national)
    assert "blev 1 bekræftet, og 1 var falsk alarm" in text_of(client.get("/flag/"))


def test_how_early_is_counted_from_the_first_bad_period(make_flag, confirm):
    """The row of two four-quarter periods began on 1 October 2024."""
    decided = timezone.localdate(confirm(make_flag()).decided_at)

    assert record.read().months == 12 * (decided.year - 2024) + decided.month - 10


def test_what_is_late_stands_in_the_officers_queue(client, make_flag, sjaelland):
    yesterday = timezone.localdate() - timedelta(days=1)
    late, in_time = make_flag(due_on=yesterday), make_flag(period="2025QMAT03")
    client.force_login(sjaelland.officer)

    page = client.get("/flag/", {"state": "overdue"})

    assert list(page.context["page"]) == [late]
    assert not in_time.is_overdue
    assert "overskredet siden" in text_of(page)


def test_what_i_have_taken_up_is_mine(client, make_flag, colleague, sjaelland):
    organisation = sjaelland.office.organisation
    mine = review(make_flag(), by=sjaelland.officer, organisation=organisation)
    review(make_flag(period="2025QMAT03"), by=colleague, organisation=organisation)
    client.force_login(sjaelland.officer)

    assert list(client.get("/flag/", {"state": "mine"}).context["page"]) == [mine]


def test_grounds_can_be_looked_at_by_themselves(client, make_flag, sjaelland):
    result, requirement = make_flag(), make_flag(period="2025QMAT03", ground="requirement")
    client.force_login(sjaelland.officer)

    assert list(client.get("/flag/", {"ground": "result"}).context["page"]) == [result]
    assert list(client.get("/flag/", {"ground": "requirement"}).context["page"]) == [requirement]


def test_a_case_for_the_journal_holds_the_evidence_the_hearing_and_every_step(
    client, flag, confirm, sjaelland
):
    confirm(flag)
    client.force_login(sjaelland.officer)

    answer = client.get(reverse("oversight:archive", args=[flag.pk]))

    with ZipFile(BytesIO(answer.content)) as case:
        assert json.loads(case.read("grundlag.json")) == flag.evidence
        document = case.read("sag.html").decode()
    for said in ("Definition version 3, regel version 1", "Det passer.", "Jobcentret genkender billedet."):
        assert said in document
    assert "<svg" in document
    assert "117 personer færre" in document
    assert "<script" not in document
    assert "src=" not in document
    assert client.get(reverse("oversight:archive", args=[flag.pk])).content == answer.content
