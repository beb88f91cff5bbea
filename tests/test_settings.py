"""Settings: a missing or malformed variable stops the start and is named; the database is opened as promised."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Set to nothing rather than left out: a `.env` in the working tree fills in what is absent only.
EMPTY = dict.fromkeys(
    ["DEBUG", "SECRET_KEY", "SITE_URL", "SITE_NAME", "ALLOWED_HOSTS", "LANGUAGES", "TIME_ZONE", "DATABASE_URL", "PORT",
     "HSTS_SECONDS", "BEHIND_PROXY", "SESSION_HOURS", "REQUIRE_SECOND_FACTOR", "MAIL_FROM", "EMAIL_URL"],
    "",
)  # fmt: skip


@pytest.fixture
def python(tmp_path):
    """Run Python in an environment of nothing but these variables and an empty folder."""

    def python(*command, **variables):
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            **EMPTY,
            "VAR_DIR": str(tmp_path),
            **variables,
        }
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return python


@pytest.fixture
def manage(python):
    return partial(python, "manage.py")


def test_without_a_secret_it_refuses_to_start(manage):
    result = manage("check")
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr.splitlines()[-1]
    assert manage("check", SECRET_KEY="long-enough").returncode == 0
    assert manage("check", DEBUG="1").returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "news.example.org"),
        ("SITE_URL", "ftp://news.example.org"),
        ("SITE_URL", "https://news.example.org/path"),
        ("SITE_URL", "https://news.example.org#x"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://[broken"),
        ("SITE_URL", "https://news.example.org:port"),
        ("DEBUG", "maybe"),
        ("LANGUAGES", "en,klingon"),
        ("LANGUAGES", "en,fr,en"),
        ("DATABASE_URL", "not a database"),
        ("DATABASE_URL", "mysterydb://x/y"),
        ("DATABASE_URL", "postgresql://user@host:port/name"),
        ("PORT", "eighty"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("HSTS_SECONDS", "-1"),
        ("BEHIND_PROXY", "perhaps"),
        ("SESSION_HOURS", "0"),
        ("REQUIRE_SECOND_FACTOR", "perhaps"),
        ("MAIL_FROM", "newsroom"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "smtp://me:hush@host:port"),
        ("EMAIL_URL", "file://folder"),
    ],
)
def test_a_malformed_variable_is_named(python, name, value):
    variables = {"SECRET_KEY": "long-enough", "SITE_URL": "https://news.example.org", name: value}
    result = python("-c", "import newsroom.settings", **variables)
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def test_a_refusal_prints_no_secret(python):
    for variables in (
        {"SITE_URL": "x"},
        {"DATABASE_URL": "postgresql://u:hush@h:p/n"},
        {"EMAIL_URL": "smtp://u:hush@h:port"},
    ):
        result = python("-c", "import newsroom.settings", SECRET_KEY="do-not-print-me", **variables)
        assert result.returncode != 0
        assert "do-not-print-me" not in result.stderr
        assert "hush" not in result.stderr


PRAGMAS = """
from django.db import connection, transaction
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
        cursor.execute(f"PRAGMA {name}")
        print(name, cursor.fetchone()[0])
statements = []
def note(execute, sql, params, many, context):
    statements.append(sql)
    return execute(sql, params, many, context)
with connection.execute_wrapper(note), transaction.atomic():
    print("begins", statements[0] if statements else connection.transaction_mode)
"""


def test_sqlite_is_opened_for_many_readers_and_a_patient_writer(manage):
    result = manage("shell", "--no-imports", "-c", PRAGMAS, SECRET_KEY="long-enough")
    assert result.returncode == 0, result.stderr
    told = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert told["journal_mode"] == "wal"
    assert told["synchronous"] == "1"
    assert told["foreign_keys"] == "1"
    assert int(told["busy_timeout"]) >= 5000
    assert "IMMEDIATE" in told["begins"]


def test_the_site_is_ready_for_production(manage):
    result = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY="x1" * 15 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ!?",
        SITE_URL="https://a.example",
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("url", "secure"), [("http://127.0.0.1:8000", "False"), ("https://news.example.org", "True")])
def test_https_follows_the_address_of_the_site(manage, url, secure):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    code = f"from django.conf import settings as s; print(*(getattr(s, name) for name in {names}))"
    result = manage("shell", "--no-imports", "-c", code, SECRET_KEY="long-enough", SITE_URL=url)
    assert result.stdout.split() == [secure] * 3


def test_the_first_language_has_no_prefix_and_no_language_is_lost(manage):
    code = "from django.conf import settings as s; print(s.LANGUAGE_CODE, [code for code, name in s.LANGUAGES])"
    result = manage("shell", "--no-imports", "-c", code, SECRET_KEY="long-enough", LANGUAGES="nl, fr,en")
    assert result.stdout.strip() == "nl ['nl', 'fr', 'en']"
