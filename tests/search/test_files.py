"""The text of files: what can be read is, and what is broken or hostile stops nothing."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from items.search import files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(xml):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return stream.getvalue()


def pdf(*pages):
    writer = PdfWriter()
    for line in pages:
        page = writer.add_blank_page(200, 200)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(f"BT /F 12 Tf 10 100 Td ({line}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def read(content, extension):
    return files.text_of(ContentFile(content, name=f"a.{extension}"), extension)


def test_a_pdf_gives_the_text_of_its_pages():
    assert read(pdf("Family reunion", "in Belgium"), "pdf") == "Family reunion in Belgium"


def test_a_word_document_gives_its_paragraphs():
    runs = "<w:p><w:r><w:t>Fam</w:t></w:r><w:r><w:t>ily</w:t></w:r></w:p><w:p><w:r><w:t>reunion</w:t></w:r></w:p>"
    xml = f"<w:document {W}><w:body>{runs}<w:instrText>code</w:instrText></w:body></w:document>"
    assert read(docx(xml), "docx") == "Family reunion"


def test_plain_text_is_cleaned():
    assert read(b"a\x00b\xff\r\nc", "txt") == "ab\ufffd c"


BOMB = f"""<!DOCTYPE x [<!ENTITY a "{"a" * 1000}">{"".join(f'<!ENTITY b{n} "{"&a;" * 100}">' for n in range(9))}]>
<w:document {W}><w:t>&b1;</w:t></w:document>"""


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"", "pdf"),
        (b"%PDF-1.7 nonsense", "pdf"),
        (pdf("x")[:-200], "docx"),
        (b"PK\x03\x04", "docx"),
        (docx("<w:document"), "docx"),
        (docx(BOMB), "docx"),
    ],
)
def test_what_is_broken_or_hostile_has_no_text(content, extension):
    assert read(content, extension) == ""


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 5_000)
    content = docx(f"<w:document {W}><w:t>{'a' * 100_000}</w:t></w:document>")
    assert len(content) < 5_000
    assert read(content, "docx") == ""
