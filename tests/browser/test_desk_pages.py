"""No axe violation on any page of the desk, wide and narrow, light and dark; nothing scrolls sideways."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.browser.axe import DESK, violations, violations_at_all_sizes

pytestmark = pytest.mark.browser

ITEMS = "/admin/items/item/"
WORDS = "/admin/items/keyword/"
PAGES = [
    "/admin/", "/admin/calendar/", "/admin/calendar/?view=list", "/admin/items/", "/admin/no-such-page/",
    f"{ITEMS}?q=no-such-word", f"{ITEMS}?status__exact=approved&q=asylum", f"{ITEMS}quick/",
    f"{WORDS}proposals/", f"{WORDS}twins/", f"{WORDS}retag/",
    "/admin/items/vocabularychange/",
]  # fmt: skip
WITHOUT_ADD = {"checklistrule", "country", "searchmiss", "signin", "sitesettings", "vocabularychange"}


def addresses_of_all_models():
    """The list and the empty form of each model at the desk, so that a new one is not forgotten."""
    admin.autodiscover()
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"admin:{name}_changelist")
        if model._meta.model_name not in WITHOUT_ADD:
            yield reverse(f"admin:{name}_add")


@pytest.mark.parametrize("path", sorted({*PAGES, *addresses_of_all_models()}))
def test_axe_finds_nothing_on_pages_of_the_desk(at_the_desk, path):
    page = at_the_desk("ines", "/robots.txt")
    if "no-such-page" in path:
        page.goto(path)
        assert violations(page) == []
    else:
        # Lists and forms of one make: those of items are looked at in all ways below.
        ways = DESK if path in PAGES or path.startswith((ITEMS, WORDS)) else DESK[1:]
        assert violations_at_all_sizes(page, path, ways) == []


def first_of(page, listing):
    """The address of the form of the first line of a list."""
    page.goto(listing)
    return page.locator("#result_list tbody th a, .library-grid li a").first.get_attribute("href").split("?")[0]


FORMS = [f"/admin/items/{name}/" for name in ("source", "theme", "itemtype", "country", "keyword", "image")]
FORMS += ["/admin/auth/user/", "/admin/auth/group/"]


@pytest.mark.parametrize("listing", FORMS)
def test_axe_finds_nothing_on_forms(at_the_desk, listing):
    page = at_the_desk("ines", "/robots.txt")
    form = first_of(page, listing)
    found = violations_at_all_sizes(page, form)
    found += violations_at_all_sizes(page, form.replace("/change/", "/history/"))
    if listing.endswith(("source/", "theme/", "itemtype/", "keyword/")):
        found += violations_at_all_sizes(page, form.replace("/change/", "/rename/"))
        found += violations_at_all_sizes(page, f"{listing}merge/?term={form.split('/')[-3]}")
    assert found == []


@pytest.mark.parametrize("status", ["approved", "withdrawn", "draft"])
@pytest.mark.parametrize("name", ["ada", "eva"])
def test_axe_finds_nothing_on_the_form_of_an_item(at_the_desk, name, status):
    page = at_the_desk(name, "/robots.txt")
    if status == "draft":
        page.goto(f"{ITEMS}quick/")
        page.fill("[name=title]", f"A draft that {name} has begun")
        page.fill("[name=summary]", "Words that are there to be looked at.")
        with page.expect_navigation():
            page.get_by_role("button", name="Save draft").click()
    form = first_of(page, f"{ITEMS}?status__exact={status}")
    found = violations_at_all_sizes(page, form)
    for folded in page.locator("main summary, #content summary").all():
        if folded.is_visible():
            folded.click()
    found += violations_at_all_sizes(page)
    for where in ("history", "preview"):
        found += violations_at_all_sizes(page, form.replace("/change/", f"/{where}/"))
    assert found == []


def test_axe_finds_nothing_before_many_items_are_changed(at_the_desk):
    page = at_the_desk("eva", f"{ITEMS}?status__exact=approved")
    page.locator("#result_list .action-select").nth(0).check()
    page.locator("#result_list .action-select").nth(1).check()
    actions = page.locator("select[name=action] option").evaluate_all("all => all.map(one => one.value)")
    found = violations_at_all_sizes(page)
    for action in filter(None, actions):
        page.goto(f"{ITEMS}?status__exact=approved")
        page.locator("#result_list .action-select").nth(0).check()
        page.select_option("select[name=action]", action)
        if "csv" in action or "export" in action:
            continue
        with page.expect_navigation():
            page.locator(".actions button").first.click()
        found += violations_at_all_sizes(page)
    assert found == []
    assert len(actions) > 2


@pytest.mark.parametrize("path", ["merge", "preview", "split"])
def test_axe_finds_nothing_before_a_keyword_is_changed(at_the_desk, path):
    page = at_the_desk("ines", f"{WORDS}?q=solidarity")
    key = page.locator("#result_list .field-name a").first.get_attribute("href").split("/")[-3]
    query = {
        "merge": f"merge/?term={key}",
        "preview": f"merge/?term={key}&into=data sources",
        "split": f"{key}/split/?parts=one, two",
    }
    assert violations_at_all_sizes(page, WORDS + query[path]) == []
