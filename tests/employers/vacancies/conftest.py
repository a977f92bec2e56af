"""Occupations as the classification has them, a few of each kind."""

from __future__ import annotations

from datetime import date

import pytest

from jobcenter.classifications.models import Occupation

TITLES = {
    "5120": "Kokkearbejde (ekskl. køkkenchefarbejde)",
    "512000": "Kokkearbejde (ekskl. køkkenchefarbejde)",
    "3434": "Køkkenchefarbejde",
    "343400": "Køkkenchefarbejde",
    "7115": "Tømrer- og bygningssnedkerarbejde",
    "711510": "Tømrer- og snedkerarbejde, byggeri",
    "8142": "Operatørarbejde ved fremstilling af plast",
    "814220": "Operatørarbejde ved fremstilling af plastprodukter",
    "7223": "Operatør- og opstillingsarbejde af metalforarbejdningsmaskiner",
    "4321": "Lagerekspeditionsarbejde",
    "532110": "Social- og sundhedsarbejde på institutioner og hospitaler, medhjælpere",
    "7511": "Slagterarbejde, fiskehandel og beslægtet arbejde",
}
ENGLISH = {"5120": "Cooks", "7115": "Carpenters and joiners"}


@pytest.fixture
def occupations(db: None) -> dict[str, Occupation]:
    found: dict[str, Occupation] = {}
    for code, title in sorted(TITLES.items(), key=lambda one: len(one[0])):
        found[code] = Occupation.objects.create(
            code=code,
            level=4 if len(code) == 4 else 5,
            parent=found.get(code[:4]) if len(code) > 4 else None,
            title_da=title,
            title_en=ENGLISH.get(code, ""),
            sort_key=title.lower(),
            valid_from=date(2010, 1, 1),
        )
    Occupation.objects.create(
        code="5", level=1, title_da="Service- og salgsarbejde", sort_key="s", valid_from=date(2010, 1, 1)
    )
    return found
