"""Tries the newest releases of all dependencies in a copy of the project, and says which versions
and which outputs change: python benchmarks/newest.py [python]. Nothing here is changed.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from throwaway import ROOT, copy, environment, need

#: What the new environment brings along is not newest by itself.
EAGER = ("--upgrade-strategy", "eager")


def versions(python: str | Path) -> dict[str, str]:
    """Return package → installed version."""
    listed = [python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
    done = subprocess.run(listed, capture_output=True, text=True, check=True)
    return {entry["name"].lower(): entry["version"] for entry in json.loads(done.stdout)}


def main() -> int:
    """Return 0 if the newest versions build the book, whatever they change in it."""
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    need(python)
    with tempfile.TemporaryDirectory(prefix="newest-") as temporary:
        project = copy(Path(temporary) / "book")
        inside = environment(python, project, "--upgrade", *EAGER, ".[book,test]")
        before, after = versions(sys.executable), versions(inside)
        moved = [n for n in sorted({*before, *after}) if before.get(n) != after.get(n)]
        for name in moved:
            print(f"{name}: {before.get(name, 'not here')} → {after.get(name, 'gone')}")
        if not moved:
            print("Every pinned version is the newest.")
        print("\nOutputs of the notebooks:", flush=True)
        failed = subprocess.run(
            [inside, "-m", "budgetbook.build.notebooks"], cwd=project
        ).returncode
        print("\nThe site:", flush=True)
        failed |= subprocess.run([inside, "-m", "budgetbook.build"], cwd=project).returncode
        site, here = project / "_build" / "html", ROOT / "_build" / "html"
        if not failed and here.is_dir():
            print("\nPages that are not the same:", flush=True)
            code = (
                "import sys; from pathlib import Path\n"
                "from budgetbook.build.checksums import compare, digests\n"
                "found = compare(*(digests(Path(p)) for p in sys.argv[1:]))\n"
                "print(*found or ['none'], sep='\\n')"
            )
            subprocess.run([inside, "-c", code, here, site], check=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
