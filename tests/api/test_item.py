"""The address of one item."""

from datetime import timedelta

import pytest

from tests.builders import AT, make_item

URL = "/api/v1/items/"


def test_a_withdrawn_item_says_so_and_why(ask):
    item = make_item()
    item.withdraw(by=None, at=AT, reason="It was about horses.")
    data = ask(f"{URL}{item.pk}/")
    assert (data["status"], data["withdrawal_reason"]) == ("withdrawn", "It was about horses.")
    assert ask(URL)["count"] == 0


def test_the_reason_of_a_withdrawal_taken_back_is_not_told(ask):
    item = make_item(withdrawal_reason="It was about horses.")
    assert ask(f"{URL}{item.pk}/")["withdrawal_reason"] == ""


@pytest.mark.parametrize(
    "state",
    [
        {"status": "draft"},
        {"status": "in_review"},
        {"publish_at": AT + timedelta(hours=1)},
        {"expire_at": AT},
        {"status": "withdrawn", "withdrawal_reason": "Horses.", "publish_at": AT + timedelta(hours=1)},
    ],
)
def test_what_is_not_published_is_not_found(client, clock, state):
    response = client.get(f"{URL}{make_item(**state).pk}/")
    assert response.status_code == 404
    assert response.json()["status"] == 404


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "9" * 400, "-1", "x", "1.5", "²", "1/2"])
def test_a_number_that_no_item_has_is_not_found(client, clock, number):
    response = client.get(f"{URL}{number}/")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
