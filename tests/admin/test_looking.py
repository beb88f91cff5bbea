"""The form of an item for who may look at it only."""

import pytest

from tests.admin.forms import change_url
from tests.builders import make_item

pytestmark = pytest.mark.django_db


def test_the_text_is_shown_as_it_is_read_and_nothing_is_asked(sign_in):
    item = make_item(title="Read", body="<p>One &lt;b&gt; and <strong>two</strong></p>")
    page = sign_in("Author").get(change_url(item)).content.decode()
    assert '<div class="desk-read" lang="en"><p>One &lt;b&gt; and <strong>two</strong></p></div>' in page
    assert 'name="correction"' not in page


def test_who_may_change_it_is_asked_what_the_change_is(sign_in):
    page = sign_in("Editor").get(change_url(make_item(title="Write", body="<p>One</p>"))).content.decode()
    assert "desk-read" not in page
    assert 'name="correction"' in page
