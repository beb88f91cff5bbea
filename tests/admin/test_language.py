"""The desk speaks the language of the browser; public pages that of their address."""

import pytest
from django.utils import translation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("asked", "spoken"), [("fr-BE,fr;q=0.9", "fr"), ("nl", "nl"), ("de-AT", "de"), ("it", "en")])
def test_the_desk_speaks_as_the_browser_asks(editor, asked, spoken):
    with translation.override(spoken):
        words = translation.gettext("What waits")
    answer = editor.get("/admin/", headers={"accept-language": asked})
    assert f'lang="{spoken}"' in answer.content.decode()
    assert words in answer.content.decode()
    assert "Accept-Language" in answer["Vary"]


def test_a_public_page_does_not(client):
    answer = client.get("/news/", headers={"accept-language": "fr"})
    assert '<html lang="en"' in answer.content.decode()
    assert "Accept-Language" not in answer.get("Vary", "")
