"""Maps: everything asked for is seen, at one size of letters, each name where it can be read."""

import pytest

from jobcenter.geography.drawing.frame import MARGIN, TALLEST, WIDTH, Place
from jobcenter.geography.drawing.maps import draw
from jobcenter.geography.drawing.shapes import Box, bounds, largest, middle, rings, together


def square(left, top, size=40.0):
    return f"M{left},{top}L{left + size},{top}L{left + size},{top + size}L{left},{top + size}Z"


def place(name, path, *, figure="100"):
    return Place(name=name, url=f"/{name}/", said=name, path=path, css="ei-map-2", figure=figure)


def drawn_boxes(drawn):
    return [bounds(place.path) for place in drawn.places]


def room_of(label):
    """About the room that a label's letters take."""
    half = 3.5 * max(len(label.name), len(label.figure)) / 2
    return Box(label.at[0] - half, label.at[1] - 6.8, label.at[0] + half, label.at[1] + 6.8)


def test_every_part_of_every_place_is_seen():
    drawn = draw(
        places=[
            place("Køge", square(500, 400) + square(560, 470, size=3)),
            place("Greve", square(545, 380, 20)),
        ],
        land=[],
    )

    whole = together(drawn_boxes(drawn))
    assert whole.left == pytest.approx(MARGIN, abs=0.1)
    assert whole.right == pytest.approx(WIDTH - MARGIN, abs=0.1)
    assert whole.top == pytest.approx(MARGIN, abs=0.1)
    assert whole.bottom == pytest.approx(drawn.height - MARGIN, abs=0.1)
    assert drawn.view_box == f"0 0 {WIDTH:.0f} {drawn.height:.0f}"


def test_a_large_and_a_small_area_are_drawn_equally_wide():
    large, small = (draw(places=[place("Her", square(0, 0, size))], land=[]) for size in (300, 3))

    assert large.view_box == small.view_box


def test_a_long_area_is_drawn_in_the_middle_and_no_taller_than_the_page_bears():
    drawn = draw(places=[place("Lang", "M0,0L20,0L20,900L0,900Z")], land=[])

    [box] = drawn_boxes(drawn)
    assert drawn.height == pytest.approx(TALLEST)
    assert box.centre[0] == pytest.approx(WIDTH / 2, abs=0.1)


def test_land_beside_the_places_is_drawn_and_land_elsewhere_is_left_out():
    near, far = square(40.5, 0), square(5000, 5000)

    drawn = draw(places=[place("Køge", square(0, 0))], land=[near, far])

    assert len(drawn.land) == 1
    assert bounds(drawn.land[0]).left == pytest.approx(drawn_boxes(drawn)[0].right, abs=15)


def test_the_middle_lies_within_the_largest_part():
    island, mainland = square(0, 0, 4), square(100, 100, 50)

    x, y = middle(island + mainland)

    assert 100 < x < 150
    assert 100 < y < 150
    assert largest(island + mainland).size == 2500


def test_the_middle_of_a_bent_shape_is_inside_it_and_not_in_the_bend():
    """An L, whose box has its own middle outside the shape."""
    x, y = middle("M0,0L20,0L20,80L100,80L100,100L0,100Z")

    assert x <= 20 or y >= 80


def test_a_shape_too_thin_for_the_grid_still_has_a_middle():
    assert middle("M0,0L100,100L100,100.01L0,0.01Z") == pytest.approx((50, 50), abs=50)


def test_a_name_stands_in_its_place_where_there_is_room():
    drawn = draw(places=[place("Køge", square(0, 0)), place("Greve", square(40, 0))], land=[])

    assert [label.leader for label in drawn.labels] == ["", ""]
    for label, box in zip(drawn.labels, drawn_boxes(drawn), strict=True):
        assert box.holds(room_of(label))


def test_names_of_small_neighbours_do_not_cover_each_other():
    names = ["Albertslund", "Ballerup", "Brøndby", "Gladsaxe", "Glostrup", "Herlev", "Hvidovre", "Rødovre"]
    small = [place(name, square(4 * number, 0, 4)) for number, name in enumerate(names)]

    drawn = draw(places=[*small, place("Frederikssund", square(-60, -60, 55))], land=[])

    rooms = [room_of(label) for label in drawn.labels]
    assert {label.name for label in drawn.labels} >= {"Frederikssund", "Albertslund", "Rødovre"}
    assert not any(one.overlaps(other) for number, one in enumerate(rooms) for other in rooms[number + 1 :])
    assert all(Box(0, 0, WIDTH, drawn.height).holds(room) for room in rooms)


def test_a_name_that_had_to_move_has_a_line_to_its_place():
    tiny = [place(f"Kommune {number}", square(2 * number, 0, 2)) for number in range(9)]

    drawn = draw(places=[*tiny, place("Stor", square(-100, 0, 95))], land=[])

    moved = [label for label in drawn.labels if label.leader]
    assert moved
    anchors = [frame.centre for frame in drawn_boxes(drawn)]
    for label in moved:
        start = label.leader[1:].split("L")[0]
        x, y = map(float, start.split())
        assert min(abs(x - anchor[0]) + abs(y - anchor[1]) for anchor in anchors) < 3


def test_an_island_far_from_the_rest_is_drawn_beside_it_in_a_box():
    near = [place("Helsingør", square(0, 0)), place("Køge", square(0, 40))]
    bornholm = place("Bornholm", square(900, 300, 30))

    with_island, without = draw(places=[*near, bornholm], land=[]), draw(places=near, land=[])

    island = drawn_boxes(with_island)[-1]
    assert bounds(with_island.inset).holds(island)
    assert not any(box.overlaps(bounds(with_island.inset)) for box in drawn_boxes(with_island)[:-1])
    assert without.inset == ""


def test_islands_near_the_rest_stay_where_they_lie():
    drawn = draw(
        places=[
            place("Esbjerg", square(0, 0)),
            place("Fanø", square(-9, 10, 6)),
            place("Varde", square(0, -40)),
        ],
        land=[],
    )

    assert drawn.inset == ""


def test_a_map_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs a place"):
        draw(places=[], land=[square(0, 0)])


def test_an_outline_comes_back_as_its_closed_lines():
    assert rings("M1,2L3,-4.5L5,6ZM0,0L1,0L1,1Z") == (
        ((1.0, 2.0), (3.0, -4.5), (5.0, 6.0)),
        ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),
    )
