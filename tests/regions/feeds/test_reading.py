"""Files of measurements, good and broken. What a broken one is told is what the deliverer reads."""

from datetime import date

import pytest
from django.utils import translation

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.reading import Known, KnownMeasure, Reading, read
from regions.measures.periods import Frequency

KNOWN = Known(
    measures={
        "job_after_6_months": KnownMeasure(
            is_per_cent=True, needs_group=True, frequency=Frequency.FOUR_QUARTERS
        ),
        "employment_rate": KnownMeasure(is_per_cent=True, needs_group=False),
        "unemployed": KnownMeasure(is_per_cent=False, needs_group=False),
    },
    groups=frozenset({"ready_for_work"}),
    municipalities=frozenset({"0259", "0265", "0751"}),
    jobcentres=frozenset({"0259", "0265", "0751"}),
    own_municipalities=frozenset({"0259", "0265"}),
    own_jobcentres=frozenset({"0259", "0265"}),
    today=date(2026, 11, 22),
)

HEADER = "måling;målgruppe;jobcenter;kommune;periode;tæller;nævner;værdi"


def file_of(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *lines, ""]).encode()


def read_known(content: bytes) -> Reading:
    with translation.override("en"):
        return read(content, known=KNOWN)


def only_problem(*lines: str) -> str:
    reading = read_known(file_of(*lines))
    assert reading.figures == [] or len(reading.figures) < len(lines)
    (problem,) = reading.problems
    assert problem.line == len(lines) + 1
    return problem.text


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_known(content)
    return str(refused.value)


def test_counts_give_the_per_cent():
    reading = read_known(file_of("job_after_6_months;ready_for_work;0259;;2026QMAT03;547;1.346;"))

    (figure,) = reading.figures
    assert reading.problems == []
    assert figure.key == ("job_after_6_months", "ready_for_work", None, "0259", "2026QMAT03")
    assert (figure.numerator, figure.denominator) == (547, 1346)
    assert figure.value == pytest.approx(40.6389, abs=1e-4)


def test_a_rate_without_a_base_is_a_figure_too():
    (figure,) = read_known(file_of("employment_rate;;;0259;2020Y01;;;76,8")).figures

    assert (figure.value, figure.numerator, figure.denominator) == (76.8, None, None)
    assert figure.municipality == "0259"


@pytest.mark.parametrize("written", ["1.250", "1250", "1250,0", "1\N{NO-BREAK SPACE}250"])
def test_thousands_are_written_with_a_dot_or_without(written: str):
    (figure,) = read_known(file_of(f"unemployed;;;0259;2020Y01;;;{written}")).figures

    assert figure.value == 1250


def test_commas_may_separate_and_a_byte_order_mark_begin_the_file():
    content = "\ufeff" + 'measure,period,municipality,value\nemployment_rate,2020Y01,0259,"76,8"\n'

    (figure,) = read_known(content.encode()).figures

    assert figure.value == 76.8


@pytest.mark.parametrize("marker", ["", "-", "..", "."])
def test_a_missing_figure_is_counted_and_is_no_zero(marker: str):
    reading = read_known(
        file_of(
            f"employment_rate;;;0259;2020Y01;;;{marker}",
            "employment_rate;;;0265;2020Y01;;;70,1",
        )
    )

    assert reading.missing == 1
    assert [figure.municipality for figure in reading.figures] == ["0265"]


def test_nobody_to_count_among_is_a_missing_figure():
    reading = read_known(
        file_of(
            "job_after_6_months;ready_for_work;0259;;2026QMAT03;0;0;",
            "job_after_6_months;ready_for_work;0265;;2026QMAT03;1;2;",
        )
    )

    assert (reading.missing, len(reading.figures)) == (1, 1)


def test_a_code_that_lost_its_zero_in_a_spreadsheet_is_understood():
    (figure,) = read_known(file_of("unemployed;;;259;2020Y01;;;5")).figures

    assert figure.municipality == "0259"


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16"])
def test_a_file_in_another_encoding_is_refused_with_what_to_do(encoding: str):
    assert "CSV UTF-8" in refusal(file_of("unemployed;;;0259;2020Y01;;;5").decode().encode(encoding))


def test_the_line_of_the_first_letter_that_cannot_be_read_is_told():
    content = b"measure;period;municipality;value\nunemployed;2020Y01;0259;5\nunemployed;2020Y01;K\xf8ge;5\n"

    assert "line 3" in refusal(content)


def test_decimal_commas_between_commas_are_recognised_for_what_they_are():
    content = b"measure,period,municipality,value\nemployment_rate,2020Y01,0259,76,8\n"

    assert refusal(content) == (
        "Line 2 has 5 fields, and the first line 4. Decimal commas in a file with comma between the fields "
        "look like that: save it with semicolon between the fields."
    )


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("målgruppe;jobcenter;periode;værdi", "måling"),
        ("måling;jobcenter;værdi", "periode"),
        ("måling;periode;værdi", "kommune” or “jobcenter"),
        ("måling;jobcenter;periode", "værdi” or “tæller"),
        ("måling;jobcenter;periode;tæller", "nævner"),
    ],
)
def test_a_missing_column_is_named(header: str, missing: str):
    assert refusal(file_of(header=header)) == f"The column “{missing}” is missing."


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("måling;jobcenter;periode;værdi;vaerdi", "“vaerdi” is not known"),
        ("måling;jobcenter;periode;værdi;periode", "“periode” is there twice"),
        ("en liste over tal", "The first line must hold the names"),
        ("", "The first line must hold the names"),
    ],
)
def test_a_first_line_that_is_not_understood_is_told(header: str, said: str):
    assert said in refusal(file_of(header=header))


def test_a_line_with_too_few_fields_is_told():
    assert refusal(file_of("unemployed;;;0259")) == "Line 2 has 4 fields, and the first line 8."


def test_an_open_quotation_mark_is_told_with_its_line():
    assert "Line 3" in refusal(file_of("unemployed;;;0259;2020Y01;;;5", 'unemployed;"a"b;;0265;2020Y01;;;5'))


def test_a_file_without_a_single_figure_is_refused():
    assert refusal(file_of()) == "There is no figure in the file."


def test_a_figure_that_comes_twice_is_told_with_both_lines():
    reading = read_known(
        file_of(
            "employment_rate;;;0259;2020Y01;;;76,8",
            "employment_rate;;;0265;2020Y01;;;70,1",
            "employment_rate;;;259;2020Y01;;;76,9",
        )
    )

    (problem,) = reading.problems
    assert problem.line == 4
    assert problem.text == "it gives the same figure as line 2"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("gini;;;0259;2020Y01;;;1", "there is no measure “gini”"),
        ("job_after_6_months;rige;0259;;2026QMAT03;1;2;", "there is no target group “rige”"),
        ("job_after_6_months;;0259;;2026QMAT03;1;2;", "needs a target group"),
        ("unemployed;;;9999;2020Y01;;;1", "there is no municipality with the code 9999"),
        ("unemployed;;Køge;;2020Y01;;;1", "there is no jobcentre with the code Køge"),
        ("unemployed;;0259;0259;2020Y01;;;1", "and not both"),
        ("unemployed;;;;2020Y01;;;1", "must name a municipality or a jobcentre"),
        ("unemployed;;;0751;2020Y01;;;1", "0751 lies outside your area"),
        ("unemployed;;;0259;2020;;;1", "“2020” is no period"),
        ("unemployed;;;0259;2026Y01;;;1", "2026Y01 has not ended yet"),
        ("unemployed;;;0259;2020Y01;;;12.5", "“12.5” is no number"),
        (f"unemployed;;;0259;2020Y01;;;1{'0' * 13}", "100000000000… is too large to be a figure"),
        (f"unemployed;;;0259;2020Y01;;;{'9' * 400}", "is too large to be a figure"),
        (f"unemployed;;;0259;2020Y01;;;{'999.' * 9}999,5", "is too large to be a figure"),
        (f"employment_rate;;;0259;2020Y01;1;{'9' * 20};", "is too large to be a figure"),
        ("job_after_6_months;ready_for_work;0259;;2025M01;1;2;", "not told in periods like 2025M01"),
        ("job_after_6_months;ready_for_work;0259;;2025Y01;1;2;", "write it like 2026Q03 or 2026QMAT03"),
        ("unemployed;;;0259;2020Y01;;;mange", "“mange” is no number"),
        ("unemployed;;;0259;2020Y01;;;-5", "a figure is negative: -5"),
        ("unemployed;;;0259;2020Y01;1;2;", "only per cents have a numerator"),
        ("employment_rate;;;0259;2020Y01;;;1.234", "more than 100 per cent"),
        ("employment_rate;;;0259;2020Y01;5;4;", "“tæller” (5) is more than “nævner” (4)"),
        ("employment_rate;;;0259;2020Y01;5;;", "it has “tæller” and no “nævner”"),
        ("employment_rate;;;0259;2020Y01;;5;", "it has “nævner” and no “tæller”"),
        ("employment_rate;;;0259;2020Y01;1,5;5;", "“tæller” counts persons and must be whole"),
        ("employment_rate;;;0259;2020Y01;1;3;33,5", "1 of 3 is 33,3 per cent"),
    ],
)
def test_a_line_that_cannot_be_is_told_why(line: str, said: str):
    assert said in only_problem("employment_rate;;;0265;2019Y01;;;70,1", line)


def test_what_rolls_may_come_in_the_periods_it_is_made_of():
    lines = [
        f"job_after_6_months;ready_for_work;0259;;{period};5;10;" for period in ("2026Q02", "2026QMAT02")
    ]

    assert len(read_known(file_of(*lines)).figures) == 2


def test_every_problem_of_a_file_is_told_at_once():
    reading = read_known(
        file_of("gini;;;0259;2020Y01;;;1", "unemployed;;;0259;2020Y01;;;-1", "unemployed;;;0265;2020Y01;;;7")
    )

    assert [problem.line for problem in reading.problems] == [2, 3]


def test_a_published_per_cent_may_be_rounded():
    (figure,) = read_known(file_of("employment_rate;;;0259;2020Y01;1;3;33,3")).figures

    assert figure.value == 33.3
