"""Readers and writers at once on SQLite: `python -m bench.soak [SECONDS]`.

200 connections read the listing by `wrk` while five processes edit items. Every error is counted, and at the end each
writer's last edit must be in the database and on the page.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

from bench.served import ROOT, server

READERS, WRITERS = 200, 5


def write(number: int, seconds: float) -> None:
    """Edit one item again and again as an editor would; print how often, and the errors."""
    import django

    django.setup()
    from django.db import transaction

    from items.models import Item, Keyword

    pk = Item.objects.filter(status="approved", language="en").order_by("pk").values_list("pk", flat=True)[number]
    keyword, _made = Keyword.objects.get_or_create(name=f"soak {number}", defaults={"slug": f"soak-{number}"})
    done, errors, end = 0, [], time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with transaction.atomic():
                item = Item.objects.get(pk=pk)
                item.summary = f"Edit {done + 1} of writer {number}."
                item.save()
                (item.keywords.remove if done % 2 else item.keywords.add)(keyword)
            done += 1
        except Exception as error:  # every error counts, whatever it is
            errors.append(repr(error))
        time.sleep(0.01)
    print(json.dumps({"pk": pk, "done": done, "errors": errors[:3], "failed": len(errors)}))


def main(seconds: int) -> int:
    """Run it; the exit status says whether anything was lost or failed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "SECRET_KEY": "bench", "DEBUG": "0", "DATABASE_URL": "",
                       "DJANGO_SETTINGS_MODULE": "newsroom.settings"}  # fmt: skip

        def manage(*command):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)

        manage("migrate", "-v0")
        manage("load_demo")
        manage("collectstatic", "--noinput", "-v0")
        with server("newsroom.wsgi", environment) as address:
            command = [sys.executable, "-m", "bench.soak", "write"]
            writers = [
                subprocess.Popen([*command, str(n), str(seconds)], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
                for n in range(WRITERS)
            ]
            wrk = ["wrk", "-t2", f"-c{READERS}", f"-d{seconds}s", "--timeout", "30s", f"{address}/news/"]
            said = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
            results = [json.loads(writer.communicate()[0]) for writer in writers]
            time.sleep(1.5)
            lost = [
                r["pk"]
                for number, r in enumerate(results)
                if f"Edit {r['done']} of writer {number}."
                not in urllib.request.urlopen(f"{address}/news/{r['pk']}/").read().decode()
            ]
        print(said)
        print(f"{sum(r['done'] for r in results)} edits by {WRITERS} writers, ", end="")
        print(f"{sum(r['failed'] for r in results)} failed, {len(lost)} lost.")
        for result in results:
            print("\n".join(result["errors"]), end="")
        return int(bool(lost or any(r["failed"] for r in results) or "Non-2xx" in said))


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(int(sys.argv[2]), float(sys.argv[3]))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 60))
