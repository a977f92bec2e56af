import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.comparison.peers import nearest_peers

CODES = [f"jobcentre-{number:02}" for number in range(20)]

share_lists = st.lists(st.floats(0, 1), min_size=1, max_size=25)


def codes_for(shares: list[float]) -> list[str]:
    return [f"jobcentre-{number:02}" for number in range(len(shares))]


def test_peers_are_those_with_the_nearest_expected_share_nearest_first():
    shares = {"køge": 0.350, "ishøj": 0.351, "greve": 0.347, "solrød": 0.356, "lejre": 0.340, "faxe": 0.331}
    far = {"gentofte": 0.60, "lolland": 0.10}
    everyone = shares | far

    peers = nearest_peers(codes=list(everyone), expected_share=list(everyone.values()), k=5)

    assert peers.of["køge"] == ("ishøj", "greve", "solrød", "lejre", "faxe")


def test_there_are_seven_peers_unless_another_number_is_asked_for():
    shares = np.linspace(0.2, 0.6, 20)

    assert len(nearest_peers(codes=CODES, expected_share=shares).of["jobcentre-00"]) == 7
    assert len(nearest_peers(codes=CODES, expected_share=shares, k=10).of["jobcentre-00"]) == 10


@pytest.mark.parametrize("k", [4, 11])
def test_too_small_and_too_large_groups_are_refused(k: int):
    with pytest.raises(ValueError, match="between 5 and 10"):
        nearest_peers(codes=CODES, expected_share=np.linspace(0.2, 0.6, 20), k=k)


def test_of_two_equally_near_the_first_code_goes_first():
    """0.3 − 0.2 and 0.4 − 0.3 differ in the seventeenth decimal, which is no likeness."""
    codes = ["m", "z", "a", "c", "b", "d", "e"]
    peers = nearest_peers(codes=codes, expected_share=[0.3, 0.2, 0.4, 0.4, 0.2, 0.9, 0.9], k=5)

    assert peers.of["m"] == ("a", "b", "c", "z", "d")


def test_where_fewer_others_exist_all_of_them_are_peers():
    peers = nearest_peers(codes=["a", "b", "c"], expected_share=[0.1, 0.2, 0.4])

    assert peers.of == {"a": ("b", "c"), "b": ("a", "c"), "c": ("b", "a")}


def test_nearness_need_not_be_mutual_and_one_can_ask_who_is_compared_with_me():
    """Five sit close together; the outsider's peers are all of them, and it is nobody's."""
    codes = ["a", "b", "c", "d", "e", "f", "outsider"]
    peers = nearest_peers(codes=codes, expected_share=[0.30, 0.31, 0.32, 0.33, 0.34, 0.35, 0.60], k=5)

    assert peers.of["outsider"] == ("f", "e", "d", "c", "b")
    assert peers.compared_with("outsider") == ()
    assert "outsider" in peers.compared_with("f")


@given(share_lists)
def test_nobody_is_their_own_peer_and_nobody_is_a_peer_twice(shares):
    peers = nearest_peers(codes=codes_for(shares), expected_share=shares)

    for code, group in peers.of.items():
        assert code not in group
        assert len(set(group)) == len(group) == min(7, len(shares) - 1)


@given(share_lists)
def test_no_outsider_is_nearer_than_a_peer(shares):
    by_code = dict(zip(codes_for(shares), shares, strict=True))
    peers = nearest_peers(codes=list(by_code), expected_share=shares)

    for code, group in peers.of.items():
        apart = {other: abs(by_code[other] - by_code[code]) for other in by_code if other != code}
        furthest = max((apart[peer] for peer in group), default=0)
        assert all(distance >= furthest - 2e-9 for other, distance in apart.items() if other not in group)


@given(share_lists, st.randoms(use_true_random=False))
def test_the_order_the_units_come_in_does_not_matter(shares, random):
    by_code = dict(zip(codes_for(shares), shares, strict=True))
    shuffled = random.sample(list(by_code), len(by_code))

    assert (
        nearest_peers(codes=shuffled, expected_share=[by_code[code] for code in shuffled]).of
        == nearest_peers(codes=list(by_code), expected_share=shares).of
    )


@given(share_lists)
def test_who_is_compared_with_me_is_the_other_side_of_who_my_peers_are(shares):
    peers = nearest_peers(codes=codes_for(shares), expected_share=shares)

    assert {(code, peer) for code, group in peers.of.items() for peer in group} == {
        (other, code) for code in peers.of for other in peers.compared_with(code)
    }


@given(share_lists, st.data())
def test_the_peers_of_one_are_those_it_has_among_all(shares, data):
    codes = codes_for(shares)
    one = data.draw(st.sampled_from(codes))

    asked = nearest_peers(codes=codes, expected_share=shares, of=one).of

    assert asked == {one: nearest_peers(codes=codes, expected_share=shares).of[one]}


def test_the_peers_of_a_unit_that_is_not_there_are_refused():
    with pytest.raises(ValueError, match="nowhere"):
        nearest_peers(codes=CODES, expected_share=np.linspace(0.2, 0.6, 20), of="nowhere")


def test_two_units_with_one_code_are_refused():
    with pytest.raises(ValueError, match="two units"):
        nearest_peers(codes=["a", "a"], expected_share=[0.1, 0.2])


def test_a_unit_of_which_nothing_is_expected_is_refused():
    with pytest.raises(ValueError, match="expected_share"):
        nearest_peers(codes=["a", "b"], expected_share=[0.1, np.nan])


def test_a_calliper_leaves_out_those_too_far_off():
    shares = [0.30, 0.31, 0.32, 0.33, 0.34, 0.35, 0.60]
    codes = ["a", "b", "c", "d", "e", "f", "outsider"]

    peers = nearest_peers(codes=codes, expected_share=shares, k=5, calliper=0.5)

    assert peers.of["outsider"] == ()
    assert peers.of["a"] == ("b", "c", "d", "e")


@given(share_lists, st.floats(0.1, 5))
def test_a_calliper_only_takes_away(shares, calliper):
    codes = codes_for(shares)
    free, held = (nearest_peers(codes=codes, expected_share=shares, calliper=one) for one in (None, calliper))

    for code in codes:
        assert held.of[code] == free.of[code][: len(held.of[code])]


@pytest.mark.parametrize("calliper", [0, -1])
def test_a_calliper_that_lets_nobody_in_is_refused(calliper):
    with pytest.raises(ValueError, match="above 0"):
        nearest_peers(codes=["a", "b"], expected_share=[0.1, 0.2], calliper=calliper)
