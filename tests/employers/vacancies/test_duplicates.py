"""The same job written twice, and two jobs that only have something in common."""

from dataclasses import dataclass

import pytest

from employers.vacancies.duplicates import plain, resembling

TEXT = """Du kører ekstruderingslinjer sammen med tre kolleger på treholdsskift. Vi lægger vægt på, at
du passer på maskinerne og siger til, når noget er galt. Du får oplæring i to uger. Send en kort ansøgning."""


@dataclass
class Advert:
    title: str
    text: str


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Procesoperatør", TEXT),
        ("Procesoperatør søges (m/k)", TEXT.replace("tre kolleger", "fire kolleger")),
        ("2 PROCESOPERATØRER", TEXT),
        ("Medarbejder til plast", TEXT),
        ("Procesoperatør", TEXT.replace("\n", " ").upper()),
    ],
)
def test_a_near_duplicate_is_found(title, text):
    other = Advert(title, text)

    assert [one.other for one in resembling(title="Procesoperatør", text=TEXT, among=[other])] == [other]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Procesoperatør",
            "Du pakker varer om aftenen og kører truck. Certifikat B kræves. Ring til os.",
        ),
        ("Kok", "Vi har brug for en kok til frokosten, som kan lave mad uden kød."),
        ("", ""),
    ],
)
def test_another_job_is_not(title, text):
    assert resembling(title="Procesoperatør", text=TEXT, among=[Advert(title, text)]) == []


def test_the_most_alike_comes_first():
    close, same = Advert("Procesoperatør", TEXT[:-30]), Advert("Procesoperatør", TEXT)

    found = resembling(title="Procesoperatør", text=TEXT, among=[close, same])

    assert [one.other for one in found] == [same, close]


def test_an_empty_text_is_like_nothing():
    assert resembling(title="Kok", text="", among=[Advert("Kok", "")]) == []


def test_what_says_nothing_about_the_job_is_left_out():
    assert plain("2 Tømrere (m/k) søges til Køge!") == "tømrere køge"
