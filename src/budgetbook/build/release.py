"""Gathers what a release publishes: the site, the printed book and the sheets of a class, the data,
the workbook, one zip that holds them all for use without a network, their sums, and the notes.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from .. import __version__
from ..errors import BuildError, plainly, speak_utf8
from ..package.sources import PACKAGE, contents
from ..package.zipping import zipped
from ..show.downloads import CLASS_ZIP, OFFLINE, PACKAGE_ZIP, PDF, WORKBOOK
from ..show.material import PAPER
from ..site.folder import FOLDER_SCRIPT, folder_script
from ..teaching import handing
from .checksums import SUMS, digests, files, sums
from .staging import beside, put

#: How many students the class with its keys is for.
STUDENTS = 30
_READ_ME = (
    "Open site/index.html in a browser, or budget-book.pdf; data/ holds every figure as CSV. "
    "No network is needed, not even for the laboratory: site/book/laboratory.html.\n"
    "用浏览器打开 site/index.html，或打开 budget-book.pdf；data/ 内为全部数字（CSV）。"
    "无须联网，实验室亦然：site/book/laboratory.html。\n"
)


def notes(root: Path, version: str) -> str:
    """Return the changelog's section of a version. Raises BuildError if there is none."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^## {re.escape(version)}\b.*?$(.*?)(?=^## |\Z)", text)
    if not found or not found[1].strip():
        raise BuildError(f"CHANGELOG.md has no section “## {version}”: write what changed first")
    return found[1].strip() + "\n"


def offline(root: Path, site: Path, pdf: Path) -> bytes:
    """Return one zip of the site, the printed book and the data package, in a folder of its own.

    Its laboratory runs from the folder: the script for that is here and not in the site.
    """
    content = {"READ ME.txt": _READ_ME.encode("utf-8"), PDF: pdf.read_bytes()}
    content |= {f"site/{name}": data for name, data in _below(site).items()}
    content[f"site/_static/{FOLDER_SCRIPT}"] = folder_script(root)
    content |= contents(root, PACKAGE)
    whole = {f"budget-book/{name}": content[name] for name in sorted(content)}
    # Compressed, for its printed book is a browser's work and need not be the same bytes anywhere.
    return zipped(whole, zipfile.ZIP_DEFLATED)


def _below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files(folder)}


def sample_class(students: int) -> bytes:
    """Return a zip of a class with its keys, for lecturers who cannot make one.

    It is the same in every release of a version, and its keys are public: it is for practice.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        handing.new(folder / "class", students, seed="sample")
        return zipped(_below(folder), zipfile.ZIP_DEFLATED)


def release(root: Path, site: Path, pdf: Path, out: Path, students: int = STUDENTS) -> list[str]:
    """Write the files of a release into `out`, which is replaced at once; return their names.

    `students` is the size of the sample class.
    """
    sheets = [pdf.with_name(name.replace(".html", ".pdf")) for name in PAPER]
    needed = [(site / "index.html", "book"), *((file, "pdf") for file in (pdf, *sheets))]
    for file, target in needed:
        if not file.is_file():
            raise BuildError(f"there is no {file}: call make {target} first")
    text = notes(root, __version__)
    with beside(out) as new:
        new.mkdir()
        (new / "site.zip").write_bytes(zipped(_below(site)))
        (new / OFFLINE).write_bytes(offline(root, site, pdf))
        (new / CLASS_ZIP).write_bytes(sample_class(students))
        shutil.copyfile(pdf, new / PDF)
        for sheet in sheets:
            shutil.copyfile(sheet, new / sheet.name)
        for name in (PACKAGE_ZIP, WORKBOOK):
            shutil.copyfile(site / "downloads" / name, new / name)
        (new / SUMS).write_text(sums(digests(new)), encoding="utf-8", newline="\n")
        (new / "NOTES.md").write_text(text, encoding="utf-8", newline="\n")
        put(new, out)
    return sorted(path.name for path in out.iterdir())


def check_tag(name: str) -> None:
    """Raise BuildError if a release is made of a tag that is not this version's."""
    if name.startswith("v") and name != f"v{__version__}":
        raise BuildError(
            f"the tag is {name}, but this is version {__version__}: tag v{__version__}"
        )


def main() -> int:
    """Write the release of this project into _build/release."""
    speak_utf8()
    try:
        check_tag(os.environ.get("GITHUB_REF_NAME", ""))
        built = Path("_build")
        names = release(Path.cwd(), built / "html", built / "pdf" / PDF, built / "release")
    except (BuildError, OSError) as error:
        reason = plainly(error) if isinstance(error, OSError) else error
        print(f"No release is made: {reason}", file=sys.stderr)
        return 1
    print(f"In _build/release: {', '.join(names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
