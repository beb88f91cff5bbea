"""Files that can be read, and files that are refused with a reason."""

import io

import pytest

from items.imports import listing_file
from items.imports.listing_file import ListingFileError, decode, read_bytes

TEXT = "Publication date: 3 août 2021\n\nLe musée prête ses “globes” aux écoles.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"%PDF-1.7 text", "not a text file"),
        (b"PK\x03\x04word/document.xml", "not a text file"),
        (b"{\\rtf1 Text", "not a text file"),
        (b"Text\x00with NUL", "not a text file"),
        (TEXT.encode("utf-16-le"), "not a text file"),
        (b"\xff\xfeo", "encoding"),
        (b"Caf\xe9 \x81\x8d", "encoding"),
        (b"Caf\xe9 \x01\x02 caf", "encoding"),
        ("Развитие приёма беженцев".encode("cp1251"), "encoding"),
        (TEXT.encode()[:-1] + b"\xc3\n", "damaged UTF-8"),
        (b"<!DOCTYPE html><p>Text", "web page"),
    ],
)
def test_what_is_no_listing_is_refused_with_its_reason(data, reason):
    with pytest.raises(ListingFileError, match=reason):
        decode(data)


def test_paths_that_lead_to_no_file_are_refused(tmp_path):
    for path, reason in [(tmp_path, "folder"), (tmp_path / "none.txt", "exist"), ("a\x00b", "read")]:
        with pytest.raises(ListingFileError, match=reason):
            read_bytes(str(path), stdin=io.BytesIO())


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(ListingFileError, match="20 MB"):
        read_bytes(str(path), stdin=io.BytesIO())


def test_standard_input_is_read_to_the_limit_only(monkeypatch):
    monkeypatch.setattr(listing_file, "MAX_BYTES", 10)
    stdin = io.BytesIO(b"x" * 50)
    with pytest.raises(ListingFileError):
        read_bytes("-", stdin=stdin)
    assert stdin.tell() == 11
    assert read_bytes("-", stdin=io.BytesIO(b"x" * 10)) == b"x" * 10
