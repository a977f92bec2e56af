"""`manage.py bring_register_figures`: what it says, and what counts at once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from regions.bottlenecks.models import StockDelivery, StockFigure
from regions.measures.periods import Frequency, latest_ended

HEAD = "halvår;stilling;kommune;beskæftigede;ledige;ansættelser;kandidater"


@pytest.fixture
def half_year() -> str:
    return latest_ended(Frequency.HALF_YEAR, on=timezone.localdate()).code


@pytest.fixture
def bring(tmp_path, occupation, koege, roskilde, bottleneck_rule):
    """Runs the command on these lines, and gives what it said."""

    def run(*lines: str, dry: bool = False) -> str:
        path = tmp_path / "register.csv"
        path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
        out = StringIO()
        options = ["--dry-run"] if dry else []
        said = ["--source", "Registret", "--data-date", "2026-07-15"]
        call_command("bring_register_figures", str(path), *said, *options, stdout=out, stderr=out)
        return out.getvalue()

    return run


def test_a_dry_run_tells_the_difference_and_saves_nothing(bring, half_year):
    said = bring(f"{half_year};8142;0259;400;9;38;6", dry=True)

    assert f"{half_year}: 1 added, 0 changed, 0 removed, 0 unchanged." in said
    assert "Nothing is saved" in said
    assert not StockDelivery.objects.exists()


def test_what_nobody_need_look_at_counts_at_once(bring, half_year):
    bring(f"{half_year};8142;0259;400;9;38;6")

    assert StockDelivery.objects.get().state == "counted"
    assert StockFigure.objects.get().employed == 400
    assert bring(f"{half_year};8142;0259;400;9;38;6") == "Nothing has changed.\n"


def test_what_is_far_from_before_or_would_be_removed_waits_on_its_page(bring, half_year):
    bring(f"{half_year};8142;0259;400;9;38;6", f"{half_year};8142;0265;300;3;20;1")

    far = bring(f"{half_year};8142;0259;4000;9;38;6", f"{half_year};8142;0265;300;3;20;1")
    gone = bring(f"{half_year};8142;0259;400;9;38;6")

    assert f"held back: {half_year} 8142 0259 employed: 400 ({half_year}) → 4000" in far
    assert "It waits to be looked at." in far
    assert f"{half_year}: 0 added, 0 changed, 1 removed, 1 unchanged.\nIt waits" in gone
    assert StockDelivery.objects.waiting().count() == 2
    assert StockFigure.objects.count() == 2


def test_every_line_that_cannot_be_used_is_told_and_nothing_counts(bring, half_year, capsys):
    with pytest.raises(CommandError, match="Nothing was saved"):
        bring(f"{half_year};8142;0259;400;9;38;6", f"{half_year};9999;0259;-1;9;38;6")

    assert not StockFigure.objects.exists()
