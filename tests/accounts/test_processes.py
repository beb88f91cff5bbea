"""Two processes count the same attempts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TRY = """
from django.test import Client
client = Client()
for password in {passwords}:
    client.post("/accounts/login/", {{"login": "ines", "password": password}})
print("in" if client.get("/accounts/").status_code == 200 else "out")
"""


@pytest.fixture
def process(tmp_path):
    """`process(*passwords)` tries them in a process of its own, and says whether it got in."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SECRET_KEY": "long-enough",
        "VAR_DIR": str(tmp_path),
        "SITE_URL": "http://testserver",
        "DATABASE_URL": f"sqlite:///{tmp_path}/newsroom.sqlite3",
        "REDIS_URL": "",
        "DEBUG": "0",
        "DJANGO_SUPERUSER_PASSWORD": "right",
    }

    def manage(*command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.split()

    manage("migrate", "--verbosity", "0")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    manage("createsuperuser", "--noinput", "--username", "ines", "--email", "ines@example.org")
    return lambda *passwords: manage("shell", "--no-imports", "-c", TRY.format(passwords=passwords))


def test_a_limit_reached_in_one_process_holds_in_another(process):
    assert process("right") == ["in"]
    assert process("wrong", "wrong", "wrong") == ["out"]
    assert process("wrong", "wrong") == ["out"]
    assert process("right") == ["out"]
