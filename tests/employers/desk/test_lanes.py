from datetime import date, timedelta

from employers.desk.lanes import Kind, Point, drawn

TODAY = date(2026, 11, 19)


def point(lane="Jobcenter Roskilde", days=0, kind=Kind.CONTACT, words="telefon: rekruttering"):
    return Point(lane, TODAY + timedelta(days=days), kind, words)


def test_the_readers_own_lane_comes_first_even_when_empty():
    drawing = drawn([point("Jobcenter Stevns"), point("Jobcenter Faxe")], first="Jobcenter Køge", today=TODAY)

    assert [lane.name for lane in drawing.lanes] == ["Jobcenter Køge", "Jobcenter Faxe", "Jobcenter Stevns"]
    assert drawing.lanes[0].marks == []


def test_thirty_days_back_is_at_the_left_edge_and_fourteen_ahead_at_the_right():
    drawing = drawn([point(days=-30), point(days=14)], first="Jobcenter Roskilde", today=TODAY)

    assert [mark.x for mark in drawing.lanes[0].marks] == ["152.0", "752.0"]


def test_what_lies_outside_the_days_is_left_out():
    drawing = drawn([point(days=-31), point(days=15)], first="Jobcenter Roskilde", today=TODAY)

    assert drawing.lanes[0].marks == []


def test_only_the_newest_mark_of_a_lane_has_words():
    drawing = drawn(
        [point(days=-20, words="gammel"), point(days=-2, words="ny")], first="Jobcenter Roskilde", today=TODAY
    )

    assert [mark.words for mark in drawing.lanes[0].marks] == ["", "ny"]


def test_words_stand_on_the_side_with_room():
    early, late = (
        drawn([point(days=days)], first="Jobcenter Roskilde", today=TODAY).lanes[0].marks[0]
        for days in (-28, 13)
    )

    assert early.anchor == "start"
    assert float(early.words_x) > float(early.x)
    assert late.anchor == "end"
    assert float(late.words_x) < float(late.x)


def test_the_drawing_grows_with_its_lanes():
    one = drawn([], first="Jobcenter Køge", today=TODAY)
    three = drawn([point("A"), point("B")], first="Jobcenter Køge", today=TODAY)

    assert three.height - one.height == 64
    assert three.future_path == f"M{three.today_x} 18H752.0V{three.bottom}H{three.today_x}z"


def test_what_lasts_is_as_wide_as_its_days_and_cut_at_the_edges():
    hold = Point("A", TODAY - timedelta(days=40), Kind.HELD, "reserveret", until=TODAY + timedelta(days=40))
    short = Point("B", TODAY, Kind.HELD, "reserveret", until=TODAY + timedelta(days=11))

    drawing = drawn([hold, short], first="A", today=TODAY)

    first, second = drawing.lanes[0].marks[0], drawing.lanes[1].marks[0]
    assert (first.x, first.width) == ("152.0", "600.0")
    assert second.width == "150.0"


def test_what_lasted_and_ended_before_the_days_is_left_out():
    ended = Point("A", TODAY - timedelta(days=50), Kind.HELD, "", until=TODAY - timedelta(days=31))

    assert drawn([ended], first="A", today=TODAY).lanes[0].marks == []


def test_a_contact_within_a_hold_lies_on_top_of_it():
    hold = Point("A", TODAY, Kind.HELD, "reserveret", until=TODAY + timedelta(days=3))

    marks = drawn([point("A", days=1), hold], first="A", today=TODAY).lanes[0].marks

    assert [mark.kind for mark in marks] == [Kind.HELD, Kind.CONTACT]
