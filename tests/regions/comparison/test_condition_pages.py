"""A file of framework conditions from its arrival until it counts: seen first, and never a result."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from jobcenter.centres.models import Jobcentre
from regions.comparison import demo
from regions.comparison.bringing import proposed
from regions.comparison.load import load_conditions
from regions.comparison.models import ConditionFile, FrameworkCondition
from tests.regions.reading import text_of

HEADER = "jobcenter;år;rammevilkår;værdi"
UPLOAD = "/beregninger/rammevilkaar/ny/"


@pytest.fixture(autouse=True)
def conditions(db):
    load_conditions()


@pytest.fixture
def brought(client, sjaelland, koege):
    """A file that waits, brought by Sjælland's officer."""

    def bring(*lines: str, source: str = "Danmarks Statistik, HFUDD11"):
        client.force_login(sjaelland.officer)
        content = "\n".join([HEADER, *lines, ""]).encode()
        file = SimpleUploadedFile("rammevilkaar.csv", content, content_type="text/csv")
        return client.post(UPLOAD, {"file": file, "source": source})

    return bring


def waiting() -> ConditionFile:
    return ConditionFile.objects.waiting().get()


def decide(client, file, *, step="count", **said):
    return client.post(reverse(f"comparison:{step}", args=[file.pk]), {"reason": "", **said})


def test_a_file_waits_and_is_shown_before_it_counts(client, brought):
    page = brought("0259;2025;no_qualification;24,1")

    file = waiting()
    assertRedirects(page, file.get_absolute_url())
    text = text_of(client.get(file.get_absolute_url()))
    assert "1 nye værdier, 0 ændrede, 0 som før. Intet er gemt endnu." in text
    assert "Køge" in text
    assert "24,1" in text
    assert not FrameworkCondition.objects.filter(condition="no_qualification").exists()


def test_let_through_it_counts_under_its_source_and_the_page_still_tells_what_it_changed(
    client, brought, koege
):
    brought("0259;2025;no_qualification;24,1")
    file = waiting()

    decide(client, file, shown=proposed(file).digest)

    value = FrameworkCondition.objects.get(condition="no_qualification")
    assert (value.jobcentre, value.year, value.value) == (koege.jobcentre, 2025, 24.1)
    assert value.source == "Danmarks Statistik, HFUDD11"
    page = client.get(file.get_absolute_url())
    assertContains(page, "24,1")
    assertNotContains(page, "Gem værdierne")


def test_a_changed_value_is_shown_with_what_it_was(client, brought, koege):
    brought("0259;2025;no_qualification;24,1")
    decide(client, waiting(), shown=proposed(waiting()).digest)

    brought("0259;2025;no_qualification;26,3")

    text = text_of(client.get(waiting().get_absolute_url()))
    assert "0 nye værdier, 1 ændrede" in text
    assert "24,1 26,3" in text


def test_other_values_that_came_meanwhile_are_shown_before_anything_counts(client, brought, koege):
    brought("0259;2025;no_qualification;24,1")
    file = waiting()
    shown = proposed(file).digest
    FrameworkCondition.objects.create(
        jobcentre=koege.jobcentre, year=2025, condition_id="no_qualification", value=20, source="Andre"
    )

    page = client.post(
        reverse("comparison:count", args=[file.pk]), {"shown": shown, "reason": ""}, follow=True
    )

    assertContains(page, "Der er kommet andre værdier siden")
    assert FrameworkCondition.objects.get(condition="no_qualification").value == 20
    assert waiting() == file


def test_the_second_decision_finds_nothing_more_to_decide(client, brought):
    brought("0259;2025;no_qualification;24,1")
    file = waiting()
    decide(client, file, shown=proposed(file).digest)

    decide(client, file, step="drop", shown="x", reason="For sent")

    file.refresh_from_db()
    assert (file.state, file.reason) == ("counted", "")


def test_put_aside_it_needs_a_reason_and_changes_nothing(client, brought):
    brought("0259;2025;no_qualification;24,1")
    file = waiting()

    assertContains(decide(client, file, step="drop", shown="x"), "Skriv hvorfor.")
    decide(client, file, step="drop", shown="x", reason="Tallene er fra et andet år")

    file.refresh_from_db()
    assert (file.state, file.reason) == ("dropped", "Tallene er fra et andet år")
    assert not FrameworkCondition.objects.filter(condition="no_qualification").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0259;2025;kontanthjælp;12", "er et resultat eller spejlbilledet af et"),
        ("9999;2025;no_qualification;12", "Der er intet jobcenter med koden 9999"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_nothing_is_kept(brought, line, said):
    page = brought(line)

    assertContains(page, said)
    assertContains(page, "Danmarks Statistik, HFUDD11")
    assert not ConditionFile.objects.exists()


def test_a_file_that_changes_nothing_is_told_so(client, brought):
    brought("0259;2025;no_qualification;24,1")
    decide(client, waiting(), shown=proposed(waiting()).digest)

    assertContains(brought("0259;2025;no_qualification;24,1"), "Filen ændrer intet")
    assert not ConditionFile.objects.waiting().exists()


def test_the_evidence_is_what_was_brought_and_cannot_be_changed(client, brought):
    brought("0259;2025;no_qualification;24,1")
    file = waiting()

    reply = client.get(reverse("comparison:evidence", args=[file.pk]))

    assert reply.content == f"{HEADER}\n0259;2025;no_qualification;24,1\n".encode()
    with pytest.raises(DatabaseError), transaction.atomic():
        ConditionFile.objects.filter(pk=file.pk).update(content=b"andet")


def test_nobody_decides_without_a_name_nor_puts_aside_without_a_reason(client, brought, sjaelland):
    brought("0259;2025;no_qualification;24,1")
    files, now = ConditionFile.objects.filter(pk=waiting().pk), timezone.now()

    for wrong in (
        {"state": "counted", "decided_at": now},
        {"state": "dropped", "decided_at": now, "decided_by": sjaelland.officer},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            files.update(**wrong)


def test_the_list_says_what_counts_what_waits_and_what_files_there_are(client, brought, national):
    brought("0259;2025;no_qualification;24,1")
    client.force_login(national)

    page = client.get("/beregninger/rammevilkaar/")

    assertContains(page, "Danmarks Statistik, HFUDD11")
    assertContains(page, "Hvorfor intet jobcenter kan ændre det")
    assertNotContains(page, "Opdigtet")


def test_the_page_of_a_file_that_can_no_longer_be_used_says_so(client, brought, koege):
    brought("0259;2025;no_qualification;24,1")
    file = waiting()
    koege.jobcentre.code = "0999"
    koege.jobcentre.save(update_fields=["code"])

    page = client.get(file.get_absolute_url())

    assertContains(page, "den kan ikke længere bruges")
    assertNotContains(page, "Gem værdierne")


def test_the_demonstration_has_a_file_that_could_count(make_jobcentres, sjaelland):
    make_jobcentres(12)

    demo.bring_a_file(today=timezone.localdate())

    assert len(proposed(waiting()).added) == Jobcentre.objects.count() >= 12
    assert not proposed(waiting()).changed
