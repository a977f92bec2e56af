"""A company that is there twice, one that was, and a list that waits for a yes."""

from __future__ import annotations

from django.utils import translation

from employers.companies.merging import merge
from employers.companies.models import Company, Workplace
from employers.imports.bringing import upload
from jobcenter.accounts.models import User
from jobcenter.centres.demo import CASEWORKER
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.runtime.demo import Demo

ORDER = 66

LIST = """Virksomhed;CVR-nummer;Land;Udenlandsk nummer;Adresse;Postnummer;Kontaktperson;E-mail;Telefon
Strandmarkens Emballage A/S;{cvr};;;;;Mette Brun;;56 00 12 34
Strandmarkens Emballage A/S;{cvr};;;;;Ditte Lykke;ditte.lykke@strandmarkens-emballage.example;56 00 12 60
Hansa Logistik GmbH;;DE;HRB 20417;Havnen 12;4600;Anke Vogt;anke.vogt@hansa-logistik.example;
Ukendt ApS;12345678;;;;;Ole Post;;
"""


def load(world: Demo) -> None:
    karim = User.objects.get(email=CASEWORKER.email)
    jobcentre = Jobcentre.objects.get(organisation__memberships__user=karim)
    known = Company.objects.get(name="Strandmarkens Emballage A/S")
    home = jobcentre.municipalities().get()
    _typed_in("Strandmarkens Emballage GmbH", number="HRB 51172", address="Havnen 4", at=home)
    once = _typed_in("Strandmarken Emballage", number="51172", address="Havnen 6", at=home)
    merge(
        known,
        once,
        chosen={},
        by=karim,
        jobcentre=jobcentre,
        why="Mette Bruun siger, at det er deres tyske afdeling, skrevet ind to gange.",
    )
    content = LIST.format(cvr=known.cvr).encode()
    # What became of a line is said in the language of whoever brings it in.
    with translation.override("da"):
        upload(content, name="messe-i-koege.csv", by=karim, jobcentre=jobcentre)
    world.tell("a company that is there twice, a merge that can be undone, and a list that waits for a yes")


def _typed_in(name: str, *, number: str, address: str, at: Municipality) -> Company:
    company = Company.objects.create(name=name, country="DE", foreign_number=number)
    Workplace.objects.create(company=company, address=address, postcode="4600", municipality=at)
    return company
