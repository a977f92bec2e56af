"""The demonstration: what is there twice can be found, what was merged given back, the list confirmed."""

import pytest
from django.core.management import call_command

from employers.companies import demo as companies
from employers.companies.merging import undo
from employers.companies.models import Company, Merge
from employers.imports import demo as imports
from employers.imports.bringing import carry_out, confirm
from employers.imports.models import Fate, ListImport
from jobcenter.centres import demo as people
from jobcenter.runtime import demo


@pytest.mark.django_db
def test_there_is_something_to_merge_to_undo_and_to_bring_in(monkeypatch):
    call_command("load_reference_data", "geography", "classifications", "centres")
    monkeypatch.setattr(demo, "rooms", lambda: [people.load, companies.load, imports.load])
    demo.invent()

    done = Merge.objects.get()
    assert undo(done, by=done.by) == []
    assert Company.objects.filter(name__startswith="Strandmarken").count() == 3
    waiting = ListImport.objects.get()
    fates = [Fate.DUPLICATE, Fate.NEW, Fate.NEW, Fate.REFUSED]
    assert list(waiting.lines.values_list("fate", flat=True)) == fates
    confirm(waiting)
    carry_out(waiting.pk)
    assert list(waiting.lines.values_list("fate", flat=True)) == fates
