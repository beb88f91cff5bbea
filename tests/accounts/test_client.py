"""A client in few words."""

import pytest

from items.accounts.client import browser_of, network, shortened

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
SAFARI = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.1 Safari/605.1.15"
EDGE = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0"
PHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {WEBKIT} CriOS/131.0 Mobile Safari/604.1"
ANDROID = f"Mozilla/5.0 (Linux; Android 14; K) {WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "found"),
    [
        (SAFARI, ("Safari", "macOS")),
        (EDGE, ("Edge", "Windows")),
        (PHONE, ("Chrome", "iPhone")),
        (ANDROID, ("Chrome", "Android")),
        ("curl/8.5", ("", "")),
        ("", ("", "")),
        ("<script>" * 200, ("", "")),
    ],
)
def test_a_browser_is_told_by_name(agent, found):
    assert browser_of(agent) == found


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_of_an_address_only_the_network_is_kept(address, kept):
    assert network(address) == kept


def test_a_column_of_addresses_always_gets_one():
    assert shortened("203.0.113.77") == "203.0.113.0"
    assert shortened("nonsense") == "0.0.0.0"
