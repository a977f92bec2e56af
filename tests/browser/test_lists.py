"""A list is brought in: the fate of every line first, then yes, then what really became of it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from employers.imports.bringing import carry_out
from employers.imports.models import ListImport

LIST = """CVR-nummer;Land;Udenlandsk nummer;Virksomhed;Adresse;Postnummer;Kontaktperson;E-mail;Telefon
99000019;;;Strandmarkens Emballage A/S;;;Jens Lager;jens@strandmarken.example;56 00 00 01
99000019;;;Strandmarkens Emballage A/S;;;Mette Bruun;mette.bruun@strandmarken.example;56 00 11 00
99000019;;;Strandmarkens Emballage A/S;;;Mette Brun;;
;Tyskland;HRB 777;Hansa Logistik GmbH;Kaj 1;4600;Anke Vogt;anke.vogt@hansa.example;
12345678;;;Ukendt ApS;;;;;
99000019;;;Strandmarkens Emballage A/S;;;Ole Post;ole@strandmarken.example;010190-1234
"""


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_every_lines_fate_is_seen_before_the_list_is_brought_in(
    page: Page, sign_in, axe, see, koege, company
):
    main = page.get_by_role("main")
    sign_in(page, koege.caseworker)

    page.goto(reverse("imports:lists"))
    axe(page)
    see(page, "hent-en-liste-ind")
    page.locator("#id_file").set_input_files(
        {"name": "messe-i-koege.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    )
    main.get_by_role("button", name="Se, hvad der sker med den").click()

    expect(main).to_contain_text("Ligner Mette Bruun")
    expect(main).to_contain_text("CPR-nummer")
    axe(page)
    see(page, "listens-linjer")
    assert not company.people.filter(name="Jens Lager").exists()
    main.get_by_role("button", name="Hent den ind").click()
    expect(main).to_contain_text("Listen hentes ind")
    see(page, "listen-hentes-ind")

    carry_out(ListImport.objects.get().pk)
    expect(main).to_contain_text("Listen er hentet ind")
    axe(page)
    see(page, "listen-er-hentet-ind")
    assert company.people.filter(name="Jens Lager").exists()
