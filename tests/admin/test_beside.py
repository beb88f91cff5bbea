"""The preview beside the form, and the bar that saves: what the page holds for them. The browser tests press them."""

import re

import pytest
from django.utils import timezone

from tests.admin.forms import ADD, change_url
from tests.builders import make_item

pytestmark = pytest.mark.django_db


def beside(client, path):
    """Addresses that the preview beside the form is drawn from."""
    html = client.get(path).content.decode()
    section = re.search(r'<section class="desk-beside".*?>', html, re.DOTALL)[0]
    return dict(re.findall(r'data-(typed|page)="([^"]*)"', section))


def test_a_form_may_frame_this_site_and_not_be_framed(editor):
    for path in (ADD, change_url(make_item())):
        response = editor.get(path)
        policy = response["Content-Security-Policy"]
        assert "frame-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert response["X-Frame-Options"] == "DENY"
        assert "unsafe" not in policy


def test_a_form_is_previewed_as_typed(editor):
    item = make_item(status="draft", publish_at=None)
    found = beside(editor, change_url(item))
    assert found == {
        "typed": f"/admin/items/item/{item.pk}/preview/typed/",
        "page": f"/admin/items/item/{item.pk}/preview/page/",
    }
    assert beside(editor, ADD) == {"typed": "/admin/items/item/preview/typed/", "page": ""}


def test_who_may_only_look_previews_what_is_stored(sign_in):
    item = make_item(publish_at=timezone.now())
    author = sign_in("Author")
    found = beside(author, change_url(item))
    assert found == {"typed": "", "page": f"/admin/items/item/{item.pk}/preview/page/"}
    page = author.get(found["page"])
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_nothing_offers_the_preview_before_a_script_can_show_it(editor):
    html = editor.get(ADD).content.decode()
    (toggle,) = re.findall(r"<button[^>]*data-beside-toggle[^>]*>", html)
    assert "hidden" in toggle
    assert 'aria-pressed="false"' in toggle
    assert 'aria-controls="desk-beside"' in toggle


def test_the_bar_folds_all_but_the_main_button_without_a_script(editor):
    html = editor.get(change_url(make_item(status="draft", publish_at=None))).content.decode()
    bar = html[html.index('<div class="submit-row">') :]
    folded = re.search(r'<details class="desk-folded">(.*?)</details>', bar, re.DOTALL)[1]
    for name in ('name="_addanother"', 'name="_continue"', "deletelink"):
        assert name in folded
        assert bar.count(name) == 2  # in the row, for wide screens, and folded
    assert "_save" not in folded
    assert bar.count('name="_save"') == 1


def test_who_may_only_look_finds_the_way_out_unfolded(sign_in):
    html = sign_in("Author").get(change_url(make_item(publish_at=timezone.now()))).content.decode()
    assert "closelink" in html
    assert "desk-folded" not in html
    assert 'name="correction"' not in html  # nor is asked what sort of a change this is


def test_the_form_has_the_width_of_the_navigation_and_other_pages_keep_it(editor):
    assert 'id="nav-sidebar"' not in editor.get(change_url(make_item())).content.decode()
    assert 'id="nav-sidebar"' not in editor.get(ADD).content.decode()
    assert 'id="nav-sidebar"' in editor.get("/admin/items/keyword/").content.decode()
