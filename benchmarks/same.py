"""Builds the book with several Pythons, in folders of different depth and under different hash
seeds, and compares every byte of the site and of its release, but for what a browser prints:
python benchmarks/same.py python3.11 python3.13
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from throwaway import copy, environment, need

from budgetbook.build.checksums import SUMS, compare, digests
from budgetbook.show.downloads import OFFLINE


def printed(folder, name):
    """Whether a file holds what a browser prints, which draws one link as one or as several."""
    return folder == "release" and (name.endswith(".pdf") or name in (OFFLINE, SUMS))


def main() -> int:
    """Return 0 if all bytes are the same, 1 if not."""
    pythons = sys.argv[1:]
    if len(pythons) < 2:
        print("Name two Pythons or more: make same PYTHONS='python3.11 python3.13'")
        return 2
    need(*pythons)
    with tempfile.TemporaryDirectory(prefix="same-") as temporary:
        sites = {}
        for seed, python in enumerate(pythons, 1):
            project = copy(
                Path(temporary).joinpath(*["deeper"] * seed, f"with-{Path(python).name}")
            )
            inside = environment(python, project, "--require-hashes", "-r", "requirements.txt")
            settings = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": f"UTC{seed}"}
            for step in ("build", "print", "build.release"):
                command = [inside, "-m", f"budgetbook.{step}"]
                subprocess.run(command, cwd=project, env=settings, check=True)
            sites[python] = {
                f"{folder}/{name}": digest
                for folder in ("html", "release")
                for name, digest in digests(project / "_build" / folder).items()
                if not printed(folder, name)
            }
        first, *others = sites
        lines = [
            f"{first} and {o}: {line}" for o in others for line in compare(sites[first], sites[o])
        ]
        print(
            "\n".join(lines)
            or f"{len(sites[first])} files, the same bytes with {', '.join(pythons)}"
        )
        return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
