"""The changes: a copy that follows them equals what a fresh read gives."""

import re
from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from items.api.change import Place, read_place
from items.models import Change, Item, Keyword, Theme
from tests.builders import AT, make_item, make_keyword, make_term

URL = "/api/v1/changes/"
HOUR = timedelta(hours=1)
EVERY_VERSION = "/api/v1/items/?language=en&language=fr&per_page=100&facets=0"
FIELDS = "&fields=id,title,status,language,translation_group,body,themes,keywords,type,updated_at,attachments"


def fetch(client, url):
    response = client.get(url)
    assert response.status_code == 200, response.content
    return response.json()


class Mirror:
    """A copy, kept as the guide says."""

    def __init__(self, client, per_page=3):
        self.client, self.per_page = client, per_page
        # One large page takes the shipped vocabulary; what the tests make comes in pages of the size asked for.
        self.next = f"{URL}?per_page={min(Change.objects.exclude(kind='item').count() + 1, 500)}"
        self.things = defaultdict(dict)

    def store(self, change):
        of_kind = self.things[change["kind"]]
        if change["deleted"]:
            of_kind.pop(change["id"], None)
            return
        of_kind[change["id"]] = data = change["data"]
        for kind, terms in (("theme", "themes"), ("keyword", "keywords")) if change["kind"] == "item" else ():
            for term in data[terms]:
                self.things[kind][term["id"]] = {**self.things[kind].get(term["id"], {}), **term}

    def step(self):
        data = fetch(self.client, self.next)
        for change in data["results"]:
            self.store(change)
        self.next = re.sub("per_page=[0-9]+", f"per_page={self.per_page}", data["next"])
        return data

    def follow(self):
        for _ in range(200):
            if not self.step()["more"]:
                return
        raise AssertionError("the changes never end")

    def items(self):
        """The items with their terms looked up by id."""

        def named(kind, terms):
            mine = (self.things[kind][term["id"]] for term in terms)
            return sorted((t["id"], t["value"], t["label"]) for t in mine)

        return {pk: plain(item, named) for pk, item in self.things["item"].items()}


def plain(item, named):
    wanted = {name: item[name] for name in re.search("fields=(.*)", FIELDS)[1].split(",")}
    return wanted | {"themes": named("theme", item["themes"]), "keywords": named("keyword", item["keywords"])}


def fresh(client):
    """What all pages of all items say now."""

    def named(_kind, terms):
        return sorted((t["id"], t["value"], t["label"]) for t in terms)

    found, url = {}, EVERY_VERSION + FIELDS
    while url:
        data = fetch(client, url)
        found |= {item["id"]: plain(item, named) for item in data["results"]}
        url = data["next"]
    return found


@st.composite
def edits(draw):
    """One thing that happens: an edit, a schedule, a step of the clock, a look at the changes in between."""
    kind = draw(
        st.sampled_from(
            ["make", "make", "edit", "bulk", "status", "withdraw", "delete", "schedule", "theme", "keyword", "rename",
             "clock", "clock", "back", "step", "step", "translate"]
        )
    )  # fmt: skip
    return kind, draw(st.integers(0, 9)), draw(st.integers(-5, 5))


def happen(kind, which, hours, clock, mirror):
    pks = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    item = Item.objects.get(pk=pks[which % len(pks)]) if pks else None
    match kind:
        case "make":
            expire = clock.now + (abs(hours) + 6) * HOUR if which % 3 == 0 else None
            make_item(themes=["reception"][: which % 2], publish_at=clock.now + hours * HOUR, expire_at=expire)
        case "clock":
            clock.now += abs(hours) * HOUR
        case "back":
            clock.now -= abs(hours) * HOUR / 2
        case "step":
            mirror.step()
        case "rename":
            theme = make_term(Theme, "reception") if which % 2 else Theme.objects.order_by("pk").first()
            theme.labels = {"en": f"Called {hours}"}
            theme.save()
            Keyword.objects.filter(name="solidarity").update(labels={"en": f"Word {hours}"})
        case _ if item is None:
            pass
        case "edit":
            item.title = f"Edited {hours}"
            item.save()
        case "bulk":
            Item.objects.filter(pk__gte=item.pk).update(body=f"<p>{hours}</p>")
        case "status":
            item.status = ["draft", "approved"][which % 2]
            item.publish_at = item.publish_at or clock.now
            item.save()
        case "withdraw":
            if item.publish_at:
                item.status, item.withdrawal_reason = "withdrawn", "Wrong."
                item.save()
        case "delete":
            item.delete()
        case "schedule":
            Item.objects.filter(pk=item.pk).update(
                publish_at=clock.now + hours * HOUR, expire_at=clock.now + (hours + 1 + which) * HOUR
            )
        case "theme":
            item.themes.set([make_term(Theme, "reception")] if which % 2 else [])
        case "keyword":
            item.keywords.add(make_keyword("solidarity"))
        case "translate":
            if not Item.objects.filter(translation_group=item.translation_group, language="fr").exists():
                make_item(translation_group=item.translation_group, language="fr", publish_at=clock.now + hours * HOUR)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(edits(), min_size=3, max_size=16))
def test_a_copy_that_follows_the_changes_equals_a_fresh_read(client, clock, script):
    clock.now = AT
    with transaction.atomic():
        mirror, by_version = Mirror(client), Mirror(client, per_page=100)
        mirror.step()
        for edit in script[: len(script) // 2]:
            happen(*edit, clock, mirror)
        late = Mirror(client, per_page=2)  # begins in the midst of it all
        late.step()
        for edit in script[len(script) // 2 :]:
            happen(*edit, clock, mirror)
        mirror.follow()
        late.follow()
        assert mirror.items() == fresh(client)
        assert late.items() == mirror.items()
        by_version.follow()
        by_version.next = f"{URL}?since={by_version.step()['version']}"
        happen("make", 3, 1, clock, mirror)
        clock.now += 3 * HOUR
        mirror.follow()
        by_version.follow()
        expected = fresh(client)
        assert mirror.items() == expected
        assert by_version.items() == expected
        transaction.set_rollback(True)


def test_an_item_that_comes_and_goes_by_the_clock_is_sent(client, clock):
    make_item(title="Later", publish_at=AT + HOUR, expire_at=AT + 2 * HOUR)
    mirror = Mirror(client)
    mirror.follow()
    assert mirror.items() == {}
    clock.now += HOUR
    assert [change["version"] for change in mirror.step()["results"]] == [None]
    assert [item["title"] for item in mirror.items().values()] == ["Later"]
    clock.now += HOUR
    assert [change["deleted"] for change in mirror.step()["results"]] == [True]
    assert mirror.items() == {}


@pytest.mark.parametrize("per_page", [1, 2, 5])
def test_many_moments_at_once_are_sent_page_by_page(client, clock, per_page):
    for number in range(5):
        make_item(publish_at=AT + HOUR * (number // 2 + 1))
    mirror = Mirror(client, per_page=per_page)
    mirror.follow()
    clock.now += 5 * HOUR
    mirror.follow()
    assert len(mirror.items()) == 5
    clock.now -= 4 * HOUR  # a clock set back, or another host's that is slow
    mirror.follow()
    assert mirror.items() == fresh(client)
    assert len(mirror.items()) == 2


def test_withdrawn_and_deleted_items_are_deleted_there(client, clock):
    withdrawn, deleted, kept = make_item(), make_item(), make_item()
    mirror = Mirror(client)
    mirror.follow()
    withdrawn.withdraw(by=None, at=AT, reason="Wrong.")
    pk = deleted.pk
    deleted.delete()
    results = mirror.step()["results"]
    assert {(c["id"], c["deleted"], c["data"] is None) for c in results if c["kind"] == "item"} == {
        (withdrawn.pk, True, True), (pk, True, True),
    }  # fmt: skip
    assert set(mirror.items()) == {kept.pk}


def test_who_begins_is_told_nothing_of_what_cannot_be_read(client, clock):
    make_item(status="draft", keywords=["secret plan"], source="secret-source")
    data = fetch(client, f"{URL}?per_page=500")
    assert not data["more"]
    assert [change for change in data["results"] if change["deleted"]] == []
    assert "secret" not in str(data)


def test_nothing_new_is_an_empty_answer(client, clock):
    mirror = Mirror(client, per_page=500)
    mirror.follow()
    version = mirror.step()["version"]
    assert mirror.step() | {"next": "", "as_of": ""} == {
        "version": version, "as_of": "", "more": False, "next": "", "results": [],
    }  # fmt: skip


@pytest.mark.parametrize("since", [Place("another", 1, 0, 0, 0).text, "999999999", str(2**59)])
def test_a_place_of_another_archive_begins_again(client, clock, since):
    response = client.get(URL, {"since": since})
    assert response.status_code == 410
    assert response.json()["title"] == "Gone"


@pytest.mark.parametrize(
    "since", ["x", "c", "-1", "²", "1" * 30, "cIDEgMg", Place("", 0, 2**62, 0, 0).text, "c" * 1000, "1.5"]
)
def test_what_is_no_place_is_refused(client, clock, since):
    response = client.get(URL, {"since": since})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "since"


def test_a_made_up_place_shows_nothing_scheduled(client, clock):
    make_item(publish_at=AT + HOUR)
    archive = read_place(fetch(client, URL)["next"].partition("since=")[2].partition("&")[0]).archive
    future = Place(archive, 0, 250_000_000_000_000_000, 0, 0).text
    data = fetch(client, f"{URL}?since={future}&per_page=500")
    assert [c for c in data["results"] if c["kind"] == "item" and not c["deleted"]] == []


def test_a_new_client_needs_no_session():
    assert not Client().get(URL).cookies
