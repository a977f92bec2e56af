from regions.feeds.figures import Figure, Stored, difference
from regions.measures.periods import parse


def figure(code: str, value: float) -> Figure:
    return Figure(2, "unemployed", None, code, None, parse("2020Y01"), value)


def test_figures_are_new_changed_or_the_same():
    stored = {figure("0259", 5).key: Stored(5.0, None, None), figure("0265", 7).key: Stored(7.0, None, None)}

    found = difference([figure("0259", 5), figure("0265", 8), figure("0751", 9)], stored=stored)

    assert [one.municipality for one in found.added] == ["0751"]
    assert [(change.before.value, change.figure.value) for change in found.changed] == [(7, 8)]
    assert found.unchanged == 1
    assert {one.municipality for one in found.to_write} == {"0265", "0751"}


def test_a_figure_that_is_not_delivered_again_is_left_alone():
    stored = {figure("0259", 5).key: Stored(5.0, None, None)}

    assert difference([], stored=stored).is_empty
