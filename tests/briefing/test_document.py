"""The document as PDF."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from items.briefing import Busy, Failed, document, is_available, typeset

needs_library = pytest.mark.skipif(not is_available(), reason="WeasyPrint, or what it needs, is not here")


@needs_library
def test_it_opens_with_its_text_its_language_and_its_tags():
    words = "Zażółć gęślą jaźń, Žluťoučký kůň, İğneli fıçı, œuvre, Straße, ő ű"
    html = f'<html lang="fr"><head><title>Note</title></head><body><h1>Zèbres</h1><p>{words}</p></body></html>'
    reader = PdfReader(BytesIO(typeset(html)))
    text = reader.pages[0].extract_text()
    assert "Zèbres" in text
    assert words in " ".join(text.split())
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Note"
    assert [entry.title for entry in reader.outline] == ["Zèbres"]


@needs_library
def test_it_is_set_in_the_fonts_of_the_site():
    reader = PdfReader(BytesIO(typeset('<html lang="en"><title>x</title><h1>Zebra ő</h1><p>Zebra ő</p></html>')))
    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert fonts
    assert not [font for font in fonts if "Newsreader" not in font and "Source" not in font]


@needs_library
def test_nothing_is_fetched_for_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    html = (
        f'<html lang="en"><head><title>x</title><link rel="attachment" href="{secret.as_uri()}"></head><body>'
        f'<p>Zebra</p><img src="{secret.as_uri()}" alt="a"><img src="http://127.0.0.1:9/x.png" alt="b">'
        f'<link rel="stylesheet" href="font:///../../../etc/passwd"></body></html>'
    )
    assert PdfReader(BytesIO(typeset(html))).attachments == {}


def test_a_failure_of_the_program_is_told(monkeypatch, tmp_path):
    program = tmp_path / "typeset.py"
    program.write_text("import sys\nsys.exit('no fonts today')\n")
    monkeypatch.setattr(document, "PROGRAM", program)
    with pytest.raises(Failed, match="no fonts today"):
        typeset("<p>x</p>")


def test_a_program_that_takes_too_long_is_stopped(monkeypatch, tmp_path):
    program = tmp_path / "typeset.py"
    program.write_text("import threading\nthreading.Event().wait()\n")
    monkeypatch.setattr(document, "PROGRAM", program)
    monkeypatch.setattr(document, "LONGEST", 0.5)
    with pytest.raises(Failed, match="took more than"):
        typeset("<p>x</p>")


def test_one_waits_for_ones_turn_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(document, "PATIENCE", 0.01)
    with document._turns, pytest.raises(Busy):
        typeset("<p>x</p>")
