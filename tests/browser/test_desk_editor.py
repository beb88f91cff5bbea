"""The editor of texts and the media library in a real browser, under the policy of the site."""

import pytest
from playwright.sync_api import expect

from items.models.fields import BODY_ATTRIBUTES, BODY_TAGS, clean_body
from tests.builders import picture_bytes

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style></head>
<body lang=EN-GB><!--StartFragment--><h1 style='color:#2F5496'>Main figures<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-family:Arial'>Bold</span></b> and
<span lang=EN-GB style='font-style:italic'>slanted</span> text with <a href="https://iom.int/" style='color:blue'>a
link</a>.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span></span><![endif]>First<o:p>
</o:p></p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span>Second</p>
<table class=MsoTableGrid border=1><tr><td width=200 style='width:10cm'><p class=MsoNormal>Cell</p></td></tr></table>
<p class=MsoNormal><script>alert(1)</script><img src="file:///C:/x.png" onerror="alert(2)"></p><!--EndFragment--></body>
</html>"""

PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
pytestmark = pytest.mark.browser
READY = "[data-tool=html]"  # the last tool, which stands there once all is set up


@pytest.fixture
def desk(at_the_desk):
    def desk(path, **options):
        page = at_the_desk("ines", path, **options)
        if "/item/" in path:
            page.locator(READY).wait_for()
        return page

    return desk


def body(page):
    return page.input_value("#id_body")


def test_every_text_of_the_demo_is_kept_whole_and_untouched(desk):
    page, seen = desk("/admin/items/item/1/change/"), 0
    for number in range(1, 61):
        if page.goto(f"/admin/items/item/{number}/change/").status != 200 or not page.locator("#id_body").count():
            continue
        page.locator(READY).wait_for()
        before = page.evaluate("document.querySelector('#id_body').defaultValue.trim()")
        assert page.locator(".body-notice").is_hidden(), number
        assert body(page).strip() == before
        seen += 1
    assert seen > 40


def test_what_the_server_allows_and_the_editor_knows_is_one_list(desk):
    """Each allowed element and attribute, once through the editor and the sanitiser, is still there."""
    page = desk("/admin/items/item/add/")
    inline = sorted(BODY_TAGS & {
        "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "q", "s", "small", "strong", "sub", "sup", "u",
    })  # fmt: skip
    needs = {"a": " href='https://a.eu/'", "abbr": " title='t'"}
    marks = "".join(f"<p>x <{tag}{needs.get(tag, '')}>{tag}</{tag}> y</p>" for tag in inline)
    blocks = (
        "<h2>a</h2><h3>b</h3><h4>c</h4><blockquote cite='https://a.eu/'><p>q</p></blockquote><hr><pre>a\n b</pre>"
        "<ul><li>u<ul><li>v</li></ul></li></ul><ol start='3' reversed=''><li>o</li></ol><dl><dt>t</dt><dd>d</dd></dl>"
        "<p lang='fr' dir='ltr'>b<br>r</p><figure data-image='1'><figcaption>f <em>c</em></figcaption></figure>"
        "<p><a href='/news/1/x/' data-item='1' title='t' hreflang='en'>l</a></p>"
        "<table><caption>cap</caption><thead><tr><th scope='col'>h</th><th scope='col'>i</th></tr></thead>"
        "<tbody><tr><td colspan='2' headers='x'>d</td></tr></tbody></table>"
    )
    page.evaluate(
        "html => { const t = document.querySelector('#id_body'); t.value = html;"
        " t.dispatchEvent(new Event('input', {bubbles: true})); }",
        marks + blocks,
    )
    assert page.locator(".body-notice").is_hidden(), page.evaluate(
        "document.querySelector('#id_body').deskEditor.getHTML()"
    )
    page.evaluate("document.querySelector('#id_body').deskEditor.commands.insertContentAt(0, '<p>new</p>')")
    found = clean_body(body(page))
    missing = [tag for tag in BODY_TAGS - {"b", "i", "tfoot"} if f"<{tag}" not in found]
    assert missing == []
    for tag, names in BODY_ATTRIBUTES.items():
        for name in names - {"rowspan"}:
            assert f" {name}=" in found, (tag, name)


def test_text_that_the_editor_would_lose_stays_as_html(desk):
    page = desk("/admin/items/item/add/")
    html = "<table><tfoot><tr><td>sum</td></tr></tfoot></table>"
    page.evaluate(
        "html => { const t = document.querySelector('#id_body'); t.value = html;"
        " t.dispatchEvent(new Event('input', {bubbles: true})); }",
        html,
    )
    assert page.locator(".body-notice").is_visible()
    assert page.locator("#id_body").bounding_box()["height"] > 100
    assert body(page) == html


def test_word_leaves_clean_html(desk):
    page = desk("/admin/items/item/add/")
    page.locator(".ProseMirror").click()
    page.evaluate(PASTE, [".ProseMirror", WORD])
    found = body(page)
    assert found == clean_body(found).replace(' rel="noopener"', "")
    assert "<h2>Main figures</h2>" in found
    assert '<p><strong>Bold</strong> and <em>slanted</em> text with <a href="https://iom.int/">a link</a>.</p>' in found
    assert "<ul><li>First</li><li>Second</li></ul>" in found
    assert "<td>Cell</td>" in found
    for rest in ("Mso", "mso", "style", "o:p", "script", "img", "font", "&nbsp;", "<p></p>", "lang"):
        assert rest not in found, rest


def test_the_tools_are_reached_and_used_by_keyboard(desk):
    page = desk("/admin/items/item/add/")
    page.locator(".ProseMirror").click()
    page.keyboard.type("plain")
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.dataset.tool") == "paragraph"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert body(page) == "<h2>plain</h2>"
    assert page.locator("[data-tool=h2]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    assert "<strong>plain</strong>" in body(page)
    outline = page.evaluate("""() => { const b = document.querySelector('[data-tool=bold]'); b.focus();
        return getComputedStyle(b).outlineStyle; }""")
    assert outline == "solid"


def test_a_link_to_an_item_is_picked_by_its_title_and_drawn_at_its_address(desk):
    page = desk("/admin/items/item/add/")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+k")
    page.keyboard.type("resettlement")
    first = page.locator(".link-results button").first
    first.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.link-results') !== null")
    page.keyboard.press("Enter")
    assert 'data-item="' in body(page)
    assert body(page).startswith("<p><a ")


def test_an_image_is_uploaded_from_the_dialog_and_shown_with_its_caption(desk, tmp_path):
    page = desk("/admin/items/item/add/")
    file = tmp_path / "new.png"
    file.write_bytes(picture_bytes(size=(500, 300), color="teal"))
    page.locator(".ProseMirror").click()
    page.locator("[data-tool=image]").click()
    page.locator("[data-upload-part] summary").click()
    page.locator("[data-file]").set_input_files(file)
    page.on("console", lambda message: None)
    page.locator("[data-alt]").fill("A teal field")
    page.locator("[data-send]").click()
    page.locator(".ProseMirror figure img").wait_for()
    page.keyboard.type("What it shows")
    found = body(page)
    assert '<figure data-image="' in found
    assert "<figcaption>What it shows</figcaption>" in found
    assert "<img" not in found
    assert page.locator(".ProseMirror figure img").get_attribute("alt") == "A teal field"


def test_the_lead_image_is_chosen_by_keyboard(desk):
    page = desk("/admin/items/item/add/")
    page.locator("[data-choose]").focus()
    page.keyboard.press("Enter")
    page.locator(".library-dialog li button").first.wait_for()
    page.keyboard.type("bridge")
    expect(page.locator(".library-dialog li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.input_value("[name=picture]").isdecimal()
    assert page.locator("[data-chosen]").inner_text().strip() == "Bridge"


def test_the_form_works_without_javascript(at_the_desk):
    page = at_the_desk("ines", "/admin/items/item/1/change/", java_script_enabled=False)
    assert page.locator("#id_body").is_visible()
    assert page.locator("#id_picture").is_visible()
    assert page.locator("[data-choose]").is_hidden()
