"""Names that are typed as people type them. Everything here is pure."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from employers.companies.names import SHORT, folded, gram, grams, ranked, sought

LETTERS = string.ascii_lowercase + "æøå"
words = st.text(LETTERS, min_size=3, max_size=14)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Åkjær & Sønner A/S", "aakjaer soenner as"),
        ("STRANDMARKENS  EMBALLAGE a.p.s.", "strandmarkens emballage aps"),
        ("Aabenraa Tagdækning I/S", "aabenraa tagdaekning is"),
        ("Café Olé — Kødbyen", "cafe ole koedbyen"),
        ("B & O-butikken", "bo butikken"),
        ("Müller Öl GmbH", "muller oel gmbh"),
        ("漢字 😀 \u202eabc", "abc"),
        ("", ""),
    ],
)
def test_a_name_is_folded_into_plain_words(name, key):
    assert folded(name) == key


@settings(deadline=None)
@given(st.text())
def test_a_folded_name_is_plain_and_folds_to_itself(name):
    key = folded(name)

    assert set(key) <= set(string.ascii_lowercase + string.digits + " ")
    assert folded(key) == key
    assert "  " not in key


@settings(deadline=None)
@given(names)
def test_case_and_the_way_of_writing_danish_letters_make_no_difference(name):
    written_out = name.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")

    assert folded(written_out) == folded(name.upper()) == folded(name)


@settings(deadline=None)
@given(names)
def test_pieces_are_numbers_that_stand_for_one_piece_each(name):
    key = folded(name)
    pieces = {f" {word} "[at : at + 3] for word in key.split() for at in range(len(word))}

    assert len(grams(key)) == len(pieces) == len({gram(piece) for piece in pieces})


slips = st.sampled_from(["drop", "double", "swap", "replace", "insert"])


def with_a_slip(word: str, kind: str, place: int, letter: str) -> str:
    """The word as a finger that slips types it."""
    at = place % len(word)
    match kind:
        case "drop":
            return word[:at] + word[at + 1 :]
        case "double":
            return word[:at] + word[at] * 2 + word[at + 1 :]
        case "swap":
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case "replace":
            return word[:at] + letter + word[at + 1 :]
        case _:
            return word[:at] + letter + word[at:]


plain_words = st.text(string.ascii_lowercase, min_size=6, max_size=14)


@settings(deadline=None)
@given(
    st.lists(plain_words, min_size=1, max_size=4),
    st.data(),
    st.dictionaries(st.integers(0, 37**3), st.integers(0, 9999)),
)
def test_whatever_slip_there_is_in_each_word_one_of_the_two_pieces_is_left(name, data, counts):
    typed = [
        with_a_slip(
            word,
            data.draw(slips),
            data.draw(st.integers(0, 20)),
            data.draw(st.sampled_from(string.ascii_lowercase)),
        )
        for word in name
    ]

    chosen = sought(" ".join(typed)).despite_a_slip(counts)

    assert set(chosen) & set(grams(" ".join(name)))


@settings(deadline=None)
@given(st.lists(plain_words, min_size=1, max_size=4, unique=True), st.data())
def test_a_name_fits_in_any_order_and_with_a_slip_and_better_without(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    word = with_a_slip(name[at], data.draw(slips), data.draw(st.integers(0, 20)), "q")
    others = data.draw(st.permutations([*name[:at], *name[at + 1 :]]))
    typed = " ".join([word, *others])

    exact = ranked(sought(" ".join(name)), [" ".join(name)])
    slipped = ranked(sought(typed), [" ".join(name)])

    assert exact
    assert slipped
    assert exact[0][0] >= slipped[0][0]


def order(typed: str, *names: str) -> list[str]:
    return [names[place] for _fit, place in ranked(sought(typed), [folded(name) for name in names])]


def test_the_whole_name_comes_before_its_beginning_and_that_before_a_part_of_a_word():
    assert order(
        "emballage", "Plastemballage ApS", "Emballagehuset A/S", "Emballage A/S", "Balletskolen"
    ) == ["Emballage A/S", "Emballagehuset A/S", "Plastemballage ApS"]


def test_the_legal_form_may_be_another_one_and_one_word_of_three_may_be_missing():
    assert order("Strandmarkens Emballage ApS", "Strandmarkens Emballage A/S") != []
    assert order("Strandmarkens gamle Emballage", "Strandmarkens Emballage A/S") != []
    assert order("Strandmarkens Tagpap", "Strandmarkens Emballage A/S") == []


@pytest.mark.parametrize(
    "typed",
    ["Moller bageri", "mølelr bageri", "bageri møller", "MOELLER BAGERI", "møler bagri", "bager møll"],
)
def test_what_people_type_for_mollers_bakery(typed):
    assert (
        order(typed, "Møllers Bageri ApS", "Hjørnets Kiosk", "Bagsværd Fri Skole")[0] == "Møllers Bageri ApS"
    )


def test_a_short_word_must_be_right():
    assert order("isz", "ISS A/S") == []
    assert order("iss", "ISS A/S") == ["ISS A/S"]
    assert len("iss") < SHORT


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "漢字"])
def test_nothing_that_can_be_sought_finds_nothing(typed):
    assert sought(typed).words == ()
    assert ranked(sought(typed), ["abc"]) == []
    assert sought(typed).despite_a_slip({}) == []
