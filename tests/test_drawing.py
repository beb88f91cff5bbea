"""Bodies as readers get them: links to items at their present addresses, pictures in all their sizes."""

from datetime import timedelta

import pytest

from items import images
from items.drawing import Bodies
from tests.builders import AT, make_image, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def drawn(body, **options):
    item = make_item(body=body)
    return Bodies([item], at=AT, **options).of(item)


def test_a_link_to_an_item_leads_to_its_present_address():
    other = make_item(title="First name", language="fr")
    body = f'<p>See <a href="/old/" data-item="{other.pk}" title="x > y">the <em>other</em></a>.</p>'
    other.title, other.slug = "Second name", ""
    other.save()
    address = f"/fr/news/{other.pk}/second-name/"
    found = drawn(body)
    assert f'<a href="{address}"' in found
    assert "the <em>other</em></a>" in found
    assert "data-item" not in found
    assert "/old/" not in found


@pytest.mark.parametrize("state", ["draft", "later", "removed", "gone"])
def test_a_link_to_what_readers_do_not_have_is_its_text(state):
    values = {"draft": {"status": "draft", "publish_at": None}, "later": {"publish_at": AT + timedelta(days=1)},
              "removed": {"status": "removed"}, "gone": {}}[state]  # fmt: skip
    other = make_item(**values)
    number = other.pk
    if state == "gone":
        other.delete()
    assert drawn(f'<p><a href="/x/" data-item="{number}">the other</a></p>') == "<p>the other</p>"


def test_other_links_stay_as_they_are():
    body = '<p><a href="https://iom.int/?a=1&amp;b=2" rel="noopener">IOM</a></p>'
    assert drawn(body) == body


def test_a_figure_is_drawn_with_its_sizes_its_caption_and_its_credit():
    image = make_image("A <house>", credit="Ann & Bob")
    found = drawn(f'<figure data-image="{image.pk}"><figcaption>The <em>house</em></figcaption></figure>')
    images.make_missing(at=AT)
    assert f'srcset="/media/renditions/{image.pk}/{image.version}/whole-40.webp 40w"' in found
    assert 'alt="A &lt;house&gt;"' in found
    assert 'The <em>house</em> <span class="figure-credit">Ann &amp; Bob</span></figcaption>' in found
    plain = drawn(f'<figure data-image="{image.pk}"></figure>', plainly=True)
    assert f'<img src="{image.url}" alt="A &lt;house&gt;" width="40" height="30">' in plain
    assert "srcset" not in plain


def test_a_lost_figure_leaves_nothing():
    assert drawn('<p>x</p><figure data-image="99999"><figcaption>y</figcaption></figure>') == "<p>x</p>"


def test_all_bodies_of_a_page_cost_two_queries_and_plain_ones_none(django_assert_num_queries):
    image, other = make_image(), make_item()
    body = f'<p><a href="/x/" data-item="{other.pk}">y</a></p><figure data-image="{image.pk}"></figure>'
    items = [make_item(body=body) for _ in range(5)]
    with django_assert_num_queries(2):
        bodies = Bodies(items, at=AT)
        assert all("<picture>" in bodies.of(item) for item in items)
    with django_assert_num_queries(0):
        Bodies([other], at=AT).of(other)


def test_pages_feeds_and_programs_get_the_drawn_body(client):
    image, other = make_image(), make_item(title="Old", slug="old")
    body = f'<p><a href="/x/" data-item="{other.pk}">y</a></p><figure data-image="{image.pk}"></figure>'
    item = make_item(body=body, publish_at=AT - timedelta(hours=1), slug="it")
    other.slug = "new"
    other.save()
    page = client.get(item.get_absolute_url()).content.decode()
    assert f'href="/news/{other.pk}/new/"' in page
    assert "<picture>" in page
    data = client.get(f"/api/v1/items/{item.pk}/").json()["body"]
    feed = client.get("/news/feed.json").json()["items"][0]["content_html"]
    for found in (data, feed):
        assert f"/news/{other.pk}/new/" in found
        assert "<img" in found
        assert "data-" not in found
    assert f'src="http://testserver{image.url}"' in feed
