"""Names in the quotation marks of each language."""

import pytest
from django.utils.html import format_html
from django.utils.translation import override

from items.quotes import quoted, quoted_html


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "“a”, “b”"), ("fr", "«\xa0a\xa0», «\xa0b\xa0»"), ("nl", "“a”, “b”"), ("de", "„a“, „b“")],
)
def test_names_stand_in_the_marks_of_the_language(language, expected):
    with override(language):
        assert quoted(["a", "b"]) == expected


def test_a_link_stays_one_and_a_name_is_escaped():
    with override("de"):
        assert quoted_html(format_html('<a href="{}">{}</a>', "/a/", "1 < 2")) == '„<a href="/a/">1 &lt; 2</a>“'
        assert quoted_html("1 < 2 %s") == "„1 &lt; 2 %s“"
