"""Tables of figures on the page of their item, and as files."""

import csv
import re
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import make_item, make_table
from tests.views.page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAMES = "Country;Work;Family\nBelgium;14;26\nFrance;41;:"


def page_of(item):
    return Client().get(item.get_absolute_url()).content.decode()


def address_of(table, name="applications"):
    return f"/news/{table.item_id}/tables/{table.pk}/{name}.csv"


def test_the_page_shows_sentence_chart_figures_and_file():
    item = make_item()
    table = make_table(item, unit="persons", period="Two months", source="An office", notes="Provisional.")
    html = page_of(item)
    for said in (
        "Applications came to 2,940 in February 2026, down 6% from 3,120 in January 2026.",
        "<svg", "persons", "Two months", "Source: An office", "Provisional.", address_of(table),
    ):  # fmt: skip
        assert said in html, said
    assert 'class="figures' in html
    assert 'class="figures' not in page_of(make_item())


def test_each_chart_names_itself_and_what_it_shows():
    item = make_item()
    make_table(item)
    make_table(item, NAMES, caption="Permits", position=1)
    page = Page(Client().get(item.get_absolute_url()))
    charts = [attrs for tag, attrs in page.tags if tag == "svg" and attrs.get("role") == "img"]
    assert len(charts) == 4
    identities = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
    assert len(identities) == len(set(identities))
    for chart in charts:
        assert chart["viewbox"]
        assert "width" not in chart
        assert set(chart["aria-labelledby"].split()) <= set(identities)


def test_the_figures_stand_in_a_table_with_headings_and_signs_are_explained():
    item = make_item()
    make_table(item, NAMES, caption="Permits")
    html = page_of(item)
    assert re.search(r"<caption>\s*Permits", html)
    make_table(other := make_item(), NAMES, caption="Rules", chart="none")
    assert re.search(r'<caption class="visually-hidden">\s*Rules', page_of(other))  # the heading above says it
    assert '<th scope="col">Work</th>' in html
    assert '<th scope="row">France</th>' in html
    assert '<span aria-hidden="true">:</span><span class="visually-hidden">not available</span>' in html
    assert re.search(r"<dt>:</dt>\s*<dd>\s*not available\s*</dd>", html)


def test_numbers_and_periods_are_those_of_the_item_s_language():
    item = make_item(language="de")
    make_table(item, "Monat;Anträge\n2026-02;3 391\n2026-03;3 120")
    html = page_of(item)
    assert "<td>3.120</td>" in html
    assert '<th scope="row">März 2026</th>' in html


def test_without_a_number_there_is_a_table_and_no_chart():
    item = make_item()
    make_table(item, "Year;A\n2025;:\n2026;c")
    html = page_of(item)
    assert "<details" not in html.partition('class="figures"')[2].partition("</section>")[0]
    assert "confidential" in html
    assert 'role="img"' not in html


def test_no_word_of_a_table_becomes_markup():
    item = make_item()
    bad = "<script>alert(1)</script>"
    make_table(item, f"Country;{bad}\n{bad};1\nB;2", caption=bad, unit=bad, period=bad, source=bad, notes=bad)
    html = page_of(item)
    assert bad not in html
    assert html.count("&lt;script&gt;") > 5


def test_a_page_with_many_tables_asks_no_more_of_the_database_than_one_with_one():
    item, other = make_item(), make_item()
    make_table(item)
    for position in range(5):
        make_table(other, position=position)
    page_of(item)
    with CaptureQueriesContext(connection) as one:
        page_of(item)
    with CaptureQueriesContext(connection) as many:
        page_of(other)
    assert len(one) == len(many)


# --- The file ------------------------------------------------------------------------------------------------------


def rows_of(response):
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_holds_the_numbers_as_programs_read_them(client):
    table = make_table(make_item(), "Land;A;B\nBelgien;-1.234,50;12 %\nFrankreich;:;13 %")
    response = client.get(address_of(table))
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"].startswith("text/csv")
    assert response["Content-Disposition"] == 'attachment; filename="applications.csv"'
    assert rows_of(response) == [["Land", "A", "B (%)"], ["Belgien", "-1234.50", "12"], ["Frankreich", ":", "13"]]


@pytest.mark.parametrize(
    ("names", "values", "unit", "headings"),
    [
        ("Applications;Grant rate", "1 234;45.5%", "thousand", ["Applications (thousand)", "Grant rate (%)"]),
        ("Applications;Grant rate", "1 234;45.5%", "", ["Applications", "Grant rate (%)"]),
        ("Applications;Grant rate", "1 234;45.5%", "% of all", ["Applications", "Grant rate (% of all)"]),
        ("Women;Men", "31%;28%", "% of arrivals", ["Women (% of arrivals)", "Men (% of arrivals)"]),
        (
            "Women;Men",
            "31%;28%",
            "per cent of arrivals",
            ["Women (%, per cent of arrivals)", "Men (%, per cent of arrivals)"],
        ),
        ("Women;Men", "31;28", "%", ["Women (%)", "Men (%)"]),
        ("2025;2026", "31;28", "persons", ["2025 (persons)", "2026 (persons)"]),
        # What a heading says already is not said again.
        ("Rate (%);Share in %", "31%;28%", "", ["Rate (%)", "Share in %"]),
        ("Applications (persons);Persons", "1;2", "persons", ["Applications (persons)", "Persons (persons)"]),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_headings_of_the_file_say_what_its_numbers_are(client, names, values, unit, headings, language):
    table = make_table(make_item(language=language), f"Country;{names}\nBelgium;{values}", unit=unit)
    heading, row = rows_of(client.get(address_of(table)))
    assert heading == ["Country", *headings]
    assert row[1:] == [value.replace(" ", "").rstrip("%") for value in values.split(";")]


def test_no_label_of_the_file_is_a_formula_and_signs_and_numbers_stay(client):
    table = make_table(make_item(), "@Country;=1+1\n+A;-5\n-;-")
    assert rows_of(client.get(address_of(table))) == [["'@Country", "'=1+1"], ["'+A", "-5"], ["-", "-"]]


def test_a_table_with_another_title_leads_on_from_its_former_address(client):
    table = make_table(make_item(), caption="Décisions <par> mois")
    response = client.get(address_of(table, "former"))
    assert (response.status_code, response["Location"]) == (302, address_of(table, "decisions-par-mois"))


@pytest.mark.parametrize("caption", ["!!!", "日本", "x" * 250])
def test_every_title_makes_a_name(client, caption):
    table = make_table(make_item(), caption=caption)
    response = client.get(address_of(table, "former"), follow=True)
    assert response.status_code == 200
    assert re.search(r'filename="[a-z0-9-]{1,80}\.csv"', response["Content-Disposition"])


def test_a_table_is_at_its_own_item_only(client):
    table = make_table(make_item())
    other = make_item()
    assert client.get(f"/news/{other.pk}/tables/{table.pk}/applications.csv").status_code == 404
    assert client.get(f"/news/{table.item_id}/tables/999999/applications.csv").status_code == 404
    assert client.post(address_of(table)).status_code == 405


def test_the_file_is_validated_and_changes_with_the_table(client):
    table = make_table(make_item())
    response = client.get(address_of(table))
    assert response["ETag"]
    assert client.get(address_of(table), headers={"if-none-match": response["ETag"]}).status_code == 304
    assert "public" in response["Cache-Control"]
