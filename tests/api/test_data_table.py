"""Tables of figures in the API."""

import pytest

from tests.builders import make_item, make_table

URL = "/api/v1/items/"


def test_an_item_tells_its_tables_to_the_last_digit(ask):
    item = make_item()
    table = make_table(item, "Month;Applications;Rate\n2026-01;3 120,50;12 %\n2026-02;<5;:", unit="persons")
    (data,) = ask(f"{URL}{item.pk}/")["tables"]
    assert data == {
        "id": table.pk,
        "caption": "Applications",
        "unit": "persons",
        "period": "",
        "source": "",
        "notes": "",
        "url": data["url"],
        "columns": [
            {"name": "Applications", "is_percentage": False},
            {"name": "Rate", "is_percentage": True},
        ],
        "rows": [
            {"label": "2026-01", "values": ["3120.50", "12"], "signs": ["", ""]},
            {"label": "2026-02", "values": [None, None], "signs": ["<5", ":"]},
        ],
    }
    assert data["url"].endswith(f"/news/{item.pk}/tables/{table.pk}/applications.csv")


@pytest.mark.parametrize("asked", ["", "?fields=id,tables"])
def test_a_list_tells_tables_only_when_asked(ask, asked):
    make_table(make_item())
    (result,) = ask(f"{URL}{asked}")["results"]
    assert ("tables" in result) == bool(asked)
