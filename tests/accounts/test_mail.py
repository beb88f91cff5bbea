"""Mail: by name, one reader each, after the commit, and no header from a value."""

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from items import mail
from items.mail import BadMail
from newsroom.env import env_mail
from tests.accounts.conftest import make_somebody

pytestmark = pytest.mark.django_db
TEMPLATES = {
    "mail/hello.txt": "Hello {{ reader.first_name|default:'you' }}\n\n{{ text }} & co., {{ site_name }}\n",
    "mail/apart.txt": "Only the text",
    "mail/apart.subject.txt": "About {{ title }}\n",
    "mail/glued.txt": "Subject\nText at once",
    "mail/empty.txt": "\n\nText",
}


class DownBackend(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _templates(settings):
    loader = ("django.template.loaders.locmem.Loader", TEMPLATES)
    options = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": [loader]}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": options}]


def test_each_reader_gets_a_mail_of_their_own(mails):
    ada = make_somebody("ada", first_name="Ada")
    sent = mails(lambda: mail.send("hello", to=[ada, "bo@example.org"], context={"text": "<b>Cheers</b>"}))
    assert [m.to for m in sent] == [["ada@example.org"], ["bo@example.org"]]
    assert [m.subject for m in sent] == ["Hello Ada", "Hello you"]
    assert "<b>Cheers</b> & co., Migration Newsroom" in sent[0].body
    assert sent[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_mail_goes_out_with_the_commit_and_not_without(mails):
    def act():
        try:
            with transaction.atomic():
                mail.send("hello", to="a@example.org")
                raise RuntimeError
        except RuntimeError:
            pass

    assert mails(act) == []
    mail.send("hello", to="a@example.org")
    assert outbox.outbox == []  # the transaction of the test is never committed


def test_people_without_an_address_or_account_get_none(mails):
    closed = make_somebody("closed", is_active=False)
    nowhere = make_somebody("nowhere")
    nowhere.email = ""
    assert mail.send("hello", to=[closed, nowhere, " "]) == 0


def test_a_subject_may_have_a_file_of_its_own(mails):
    (sent,) = mails(lambda: mail.send("apart", to="a@example.org", context={"title": "Zeebrugge & Lille"}))
    assert sent.subject == "About Zeebrugge & Lille"
    assert sent.body.startswith("Only the text\n\n-- \n")


@pytest.mark.parametrize("title", ["One\nBcc: all@example.org", "One\r\nBcc: all@example.org", "One\rTwo"])
def test_no_value_writes_a_header(title):
    with pytest.raises(BadMail):
        mail.send("apart", to="a@example.org", context={"title": title})


@pytest.mark.parametrize("name", ["glued", "empty"])
def test_a_template_without_a_proper_subject_is_refused(name):
    with pytest.raises(BadMail):
        mail.send(name, to="a@example.org")


def test_a_server_that_is_down_breaks_nothing(mails, settings, caplog):
    settings.EMAIL_BACKEND = "tests.accounts.test_mail.DownBackend"
    assert mails(lambda: mail.send("hello", to="a@example.org")) == []
    assert "could not be sent" in caplog.text


@pytest.mark.parametrize(
    ("url", "backend", "host", "port", "security"),
    [
        ("smtps://me:p%40ss@mail.example.org", "smtp", "mail.example.org", 465, (True, False)),
        ("smtp+tls://mail.example.org:2525/", "smtp", "mail.example.org", 2525, (False, True)),
        ("smtp://localhost", "smtp", "localhost", 25, (False, False)),
    ],
)
def test_one_address_says_how_mail_leaves(monkeypatch, url, backend, host, port, security):
    monkeypatch.setenv("EMAIL_URL", url)
    found = env_mail("EMAIL_URL", "console:")
    assert found["EMAIL_BACKEND"] == f"django.core.mail.backends.{backend}.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == security
    assert found["EMAIL_HOST_PASSWORD"] in ("", "p@ss")


def test_mail_can_go_to_files_and_to_the_terminal(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "")
    assert env_mail("EMAIL_URL", "file:///tmp/a%20b")["EMAIL_FILE_PATH"] == "/tmp/a b"
    assert env_mail("EMAIL_URL", "console:")["EMAIL_BACKEND"].endswith("console.EmailBackend")
