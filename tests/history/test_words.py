"""Two texts side by side: what is marked, what is escaped, and that length costs no more than it must."""

import re

from items.history import compare_html, compare_text
from items.history.blocks import Block, read_html
from items.history.words import LONGEST, MOST_LINES


def bare(html):
    """Marks as brackets: [-gone-], [+new+]."""
    html = re.sub(r'<span class="visually-hidden">.*?</span>', "", html)
    for tag, sign in (("del", "-"), ("ins", "+")):
        html = html.replace(f"<{tag}>", f"[{sign}").replace(f"</{tag}>", f"{sign}]")
    return html


def sides(lines):
    return [(bare(line.before), bare(line.after)) for line in lines]


def test_words_that_differ_are_marked_and_the_rest_is_not():
    lines = compare_text("The Commission adopted a plan.", "The Council adopted a new plan.")
    assert sides(lines) == [("The [-Commission-] adopted a plan.", "The [+Council+] adopted a [+new+] plan.")]


def test_words_and_not_the_spaces_between_them_are_matched():
    lines = compare_text("Max writes here: the fund opens in August.", "Indeed the fund opens in July and pays.")
    assert sides(lines) == [
        ("[-Max writes here:-] the fund opens in [-August-].", "[+Indeed+] the fund opens in [+July and pays+]."),
    ]


def test_marks_are_said_to_who_hears_the_page():
    (line,) = compare_text("one two", "one three")
    assert line.before == (
        'one <del><span class="visually-hidden">[deleted: </span>two<span class="visually-hidden">]</span></del>'
    )


def test_what_was_typed_is_escaped():
    lines = compare_text("<script>alert(1)</script> & one", "<b>bold</b> & <img src=x onerror=y>")
    html = "".join(line.before + line.after for line in lines)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&amp;" in html


def test_the_same_texts_have_no_lines():
    assert compare_text("one\ntwo", "one\n\n two ") == []
    assert compare_html("<p>One <b>two</b></p>", "<p>One two</p>") == []


def test_a_body_is_read_by_its_structure():
    html = (
        "<h2>Title</h2><p>See <a href='https://x.eu'>the report</a>.</p><ul><li>one<ul><li>below</li></ul></li></ul>"
        "<table><tr><th>Year</th><td>12</td></tr></table><blockquote><p>Said.</p></blockquote>"
    )
    assert read_html(html) == [
        Block("Title", "h2"),
        Block("See the report <https://x.eu>."),
        Block("one", "li"),
        Block("below", "li"),
        Block("Year | 12", "tr"),
        Block("Said.", "blockquote"),
    ]


def test_a_paragraph_that_came_stands_beside_nothing():
    lines = compare_html("<p>One.</p><p>Two.</p>", "<p>One.</p><p>Between.</p><p>Two.</p>")
    assert sides(lines) == [("One.", "One."), ("", "[+Between.+]"), ("Two.", "Two.")]
    assert [line.is_changed for line in lines] == [False, True, False]


def test_a_rewritten_paragraph_stands_beside_its_former_self():
    before = "<p>The fund opens in June for all member states.</p>"
    after = "<p>Something new altogether.</p><p>The fund opens in July for all member states.</p>"
    assert sides(compare_html(before, after)) == [
        ("", "[+Something new altogether.+]"),
        (
            "The fund opens in [-June-] for all member states.",
            "The fund opens in [+July+] for all member states.",
        ),
    ]


def test_a_paragraph_that_became_a_heading_says_so():
    (line,) = compare_html("<p>News</p>", "<h2>News</h2>")
    assert "Heading" in line.after
    assert line.is_changed


def test_long_unchanged_stretches_are_left_out_and_counted():
    before = "".join(f"<p>Paragraph {n}.</p>" for n in range(30))
    lines = compare_html(before, before.replace("Paragraph 15.", "Paragraph fifteen."))
    assert [line.skipped for line in lines] == [14, 0, 0, 0, 13]
    assert lines[0].gap == "14 unchanged parts"


def test_texts_beyond_measure_are_shown_as_replaced_and_cut():
    before = "".join(f"<p>a{n}</p>" for n in range(LONGEST * 3))
    after = "".join(f"<p>b{n}</p>" for n in range(LONGEST * 3))
    lines = compare_html(before, after)
    assert len(lines) == MOST_LINES + 1
    assert str(LONGEST * 3 - MOST_LINES) in lines[-1].after
    one = " ".join(f"w{n}" for n in range(LONGEST * 5))
    two = " ".join(f"v{n}" for n in range(LONGEST * 5))
    assert len(compare_text(one, two)) == 1
