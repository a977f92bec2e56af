"""Dividing companies among jobcentres: one for each, by what is asked for, and evenly otherwise."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from employers.campaigns.dividing import By, Known, divide, parts

KOEGE, ROSKILDE, GREVE = 1, 2, 3
ALL = (KOEGE, ROSKILDE, GREVE)


def known(company, *, seen_by=ALL, responsible=None, lead=None):
    return Known(company, frozenset(seen_by), responsible, lead)


def test_the_responsible_one_gets_it():
    companies = [known(1, responsible=ROSKILDE), known(2, responsible=KOEGE), known(3, responsible=KOEGE)]

    assert divide(companies, ALL, by=By.RESPONSIBILITY) == {1: ROSKILDE, 2: KOEGE, 3: KOEGE}


def test_the_lead_gets_it_or_else_the_responsible_one():
    companies = [known(1, responsible=ROSKILDE, lead=GREVE), known(2, responsible=KOEGE)]

    assert divide(companies, ALL, by=By.LEAD) == {1: GREVE, 2: KOEGE}


def test_a_lead_that_does_not_take_part_gets_nothing():
    companies = [known(1, responsible=ROSKILDE, lead=GREVE)]

    assert divide(companies, (KOEGE, ROSKILDE), by=By.LEAD) == {1: ROSKILDE}


def test_what_nobody_is_responsible_for_goes_to_whoever_has_fewest():
    companies = [known(1, responsible=KOEGE), known(2), known(3)]

    assert divide(companies, (KOEGE, ROSKILDE), by=By.RESPONSIBILITY) == {1: KOEGE, 2: ROSKILDE, 3: KOEGE}


def test_evenly_leaves_each_with_its_own_where_that_makes_no_difference():
    companies = [known(1, responsible=ROSKILDE), known(2, responsible=ROSKILDE), known(3, responsible=KOEGE)]

    assert divide(companies, (KOEGE, ROSKILDE), by=By.EVENLY) == {1: ROSKILDE, 2: KOEGE, 3: KOEGE}


def test_a_company_no_partner_may_see_is_left_out():
    assert divide([known(1, seen_by=[GREVE], responsible=GREVE)], (KOEGE,), by=By.RESPONSIBILITY) == {}


def test_a_partner_without_companies_is_counted_as_well():
    assert parts({1: KOEGE}, (KOEGE, ROSKILDE)) == {KOEGE: 1, ROSKILDE: 0}


partners = st.sets(st.sampled_from(ALL), min_size=1).map(tuple)
somebody = st.none() | st.sampled_from(ALL)
everybody = st.just(frozenset(ALL))


def companies_seen_by(seeing):
    one = st.builds(Known, company=st.just(0), seen_by=seeing, responsible=somebody, lead=somebody)
    return st.lists(one, max_size=12).map(
        lambda made: [replace(known, company=number) for number, known in enumerate(made, 1)]
    )


@given(companies_seen_by(st.frozensets(st.sampled_from(ALL))), partners, st.sampled_from(By))
def test_each_company_goes_to_one_partner_that_may_see_it(companies, taking_part, by):
    divided = divide(companies, taking_part, by=by)

    for company in companies:
        seeing = company.seen_by & set(taking_part)
        assert divided.get(company.company) in (seeing or {None})


@given(companies_seen_by(everybody), partners)
def test_evenly_no_partner_has_two_more_than_another(companies, taking_part):
    counts = parts(divide(companies, taking_part, by=By.EVENLY), taking_part).values()

    assert max(counts) - min(counts) <= 1
