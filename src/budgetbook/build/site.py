"""Builds the site: notebooks run side by side and only when needed, and pages replaced at once.

Everything is made in `_build/work` and exchanged with `_build/html` when it is whole, so a build
that is stopped leaves the last good site. A notebook is executed again when its code, the data,
the package, the language or the pinned versions changed, and only then.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from ..errors import BuildError, plainly, speak_utf8
from ..messages import LANGUAGE
from ..package.sources import contents, left_out
from . import book as writing
from .checksums import SUMS, compare, digests, files, sums
from .execution import Say, execute
from .staging import alone, beside, put, recover

#: What a notebook's outputs depend on beside its own code; the language is read from the settings.
_RUN_INPUTS = ("data", "src/budgetbook", "requirements.txt")
#: What the pages depend on; the text of one page is not an input of the others.
_PAGE_INPUTS = (*_RUN_INPUTS, "_config.yml", "_toc.yml", "book")

#: The newest Python that the tests run on.
NEWEST = (3, 13)
#: The bytes that a build from nothing takes; with less left, none is begun.
ROOM = 50_000_000
#: All that a site is made of, what its downloads hold among it.
_SOURCES = (
    *("_config.yml", "_toc.yml", "LICENSE", "pyproject.toml", "requirements.txt"),
    *("book", "data", "notebooks", "src/budgetbook"),
)
#: What a site says of where it is published, if it is told: by the settings, or for one build.
PUBLISHED = {
    "baseurl": "the address of the site",
    "release": "the folder with the files of its release: an address, or a place beside the site",
    "contact": "whom to tell of an error: the address of a page or of a mailbox",
}
_NOWHERE: Mapping[str, str] = {}
#: How many files that are left out are named.
_SAID = 3
#: Files in which the line ends are to be the same on every system.
_TEXT = frozenset({".css", ".html", ".js", ".json", ".map", ".md", ".svg", ".txt", ".xml"})


def build(
    root: Path, out: Path, work: Path, say: Say, published: Mapping[str, str] = _NOWHERE
) -> Path:
    """Build the site of the project at `root` into `out` and return `out`.

    `work` keeps what makes the next build fast: executed notebooks and read pages. `published`
    gives some of PUBLISHED in place of the settings. Raises BuildError, one sentence, if a notebook
    or a page fails, if a source changes meanwhile, if another build is at work, or if nothing can
    be written; `out` is then what it was.
    """
    try:
        with alone(work):
            recover(out)
            if shutil.disk_usage(work).free < ROOM:
                raise OSError(errno.ENOSPC, f"less than {ROOM // 10**6} MB are free", str(work))
            if stray := left_out(root):
                say(_not_ours(stray))
            beside = *installed(root), *(f"{n} {p}" for n, p in published.items())
            before = _key(root, _SOURCES, *beside)
            if _made(out, work) == before:
                say("nothing changed")
                return out
            settings = _settings(root, published)
            language = settings["sphinx"]["config"]["language"]
            os.environ[LANGUAGE] = language  # the notebooks run in processes of their own
            cache = _only(work, "run-", _key(root, _RUN_INPUTS, language, *installed(root)))
            execute(root, cache, settings["execute"]["timeout"], say)
            pages = _pages(root, work, cache, settings, say)
            if _key(root, _SOURCES, *beside) != before:
                shutil.rmtree(cache, ignore_errors=True)  # it may have been made from either
                raise BuildError("The book was not built: a source changed meanwhile; build again.")
            _put(pages, out)
            (work / "made").write_text(f"{before}\n{sums(digests(out))}", encoding="utf-8")
            return out
    except OSError as error:
        raise BuildError(
            f"The book was not built: {plainly(error)}; make room or allow writing there, and "
            "build again. The last good site is untouched."
        ) from error


def current(root: Path, out: Path, work: Path) -> bool:
    """Return whether `out` is whole, untouched, and what the sources at `root` make now."""
    return _made(out, work) == _key(root, _SOURCES, *installed(root))


def _not_ours(stray: Sequence[str]) -> str:
    """Return one line on the files that are left out; a file that belongs here needs `git add`."""
    more = f" and {len(stray) - _SAID} more" if len(stray) > _SAID else ""
    names = ", ".join(stray[:_SAID]) + more
    return f"left out, for nothing names them as parts of the book (git add does): {names}"


def installed(root: Path) -> list[str]:
    """Return `name version` for each pinned package that is installed, as pinned or not."""
    return [f"{name} {found}" for name, found, _ in _pins(root)]


def unlike_pins(root: Path) -> list[str]:
    """Return a sentence for each installed version that is not the pinned one."""
    return [
        f"{name} {found} is installed, the book is made with {pinned.split()[0]}"
        for name, found, pinned in _pins(root)
        if ";" not in pinned and found != pinned.split()[0]
    ]


def _pins(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, installed version and pin, with its conditions, of what is installed."""
    for line in (root / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, equal, pinned = line.partition("==")
        if equal and line[0] not in " #":
            with contextlib.suppress(PackageNotFoundError):
                yield name, version(name), pinned


def _settings(root: Path, published: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of the project, with what is published in place of theirs."""
    try:
        text = (root / "_config.yml").read_text(encoding="utf-8")
        settings: dict[str, Any] = yaml.safe_load(text)
        settings["sphinx"]["config"]["language"], settings["execute"]["timeout"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise BuildError(f"_config.yml cannot be used ({reason}): mend or restore it") from error
    options = settings["sphinx"]["config"].setdefault("html_theme_options", {})
    for name, place in published.items():
        (settings["html"] if name == "baseurl" else options)[name] = place
    return settings


def _key(root: Path, inputs: tuple[str, ...], *more: str, but: frozenset[str] = frozenset()) -> str:
    """Return a digest of the project's files, by name and content, but those of some suffixes."""
    digest = hashlib.sha256("\0".join(more).encode())
    for name, content in contents(root, inputs).items():
        if PurePosixPath(name).suffix not in but:
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _only(work: Path, kind: str, key: str) -> Path:
    """Return the folder of a key, and remove those of other keys: they are stale."""
    folder = work / (kind + key)
    folder.mkdir(parents=True, exist_ok=True)
    for other in work.glob(f"{kind}*"):
        if other != folder:
            shutil.rmtree(other)
    return folder


def _pages(root: Path, work: Path, cache: Path, settings: dict[str, Any], say: Say) -> Path:
    """Let Jupyter Book write the pages with the executed notebooks; return their folder."""
    shown = settings["html"].get("baseurl", ""), str(settings["sphinx"]["config"])
    beside = (*writing.headings(root), *installed(root), *shown)
    folder = _only(work, "pages-", _key(root, _PAGE_INPUTS, *beside, but=writing.PAGES))
    whole = folder / "whole"
    if not whole.exists():  # new, or stopped half way: begin again
        shutil.rmtree(folder)
        folder.mkdir()
    whole.unlink(missing_ok=True)
    writing.forget_changed(root, folder)
    for style in folder.glob("_build/html/_static/mystnb.*.css"):
        style.unlink()  # myst-nb writes it anew; found there, its links would look different
    settings["execute"] |= {"execute_notebooks": "cache", "cache": str(cache)}
    config = folder / "_config.yml"
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    say("writing the pages")
    if not writing.write(root, config, folder):
        if shutil.disk_usage(work).free < ROOM // 20:
            raise BuildError(f"The book was not built: no room is left on the disk of {work}.")
        raise BuildError(
            "The book was not built: each warning above names a page and a line; mend them first."
        )
    whole.touch()
    return folder / "_build" / "html"


def _made(out: Path, work: Path) -> str | None:
    """Return the key of the sources that a whole and untouched site was made from."""
    made = work / "made"
    if not made.exists() or not out.is_dir():
        return None
    key, _, listed = made.read_text(encoding="utf-8").partition("\n")
    return key if listed == sums(digests(out)) else None


def _put(pages: Path, out: Path) -> None:
    """Put a copy of the pages, with their checksums, in the place of `out`."""
    with beside(out) as new:
        for page in files(pages):
            if not page.name.startswith(".buildinfo"):
                content = page.read_bytes()
                if page.suffix in _TEXT:  # Sphinx writes those of the system
                    content = content.replace(b"\r\n", b"\n")
                place = new / page.relative_to(pages)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        (new / SUMS).write_text(sums(digests(new)), encoding="utf-8", newline="\n")
        put(new, out)


def verify(root: Path, copy: Path, say: Say) -> list[str]:
    """Build the site anew, from nothing, and return what differs in a copy (folder or zip).

    Raises BuildError if the copy cannot be read.
    """
    theirs = digests(copy)
    with tempfile.TemporaryDirectory(prefix="budgetbook-", ignore_cleanup_errors=True) as folder:
        site = build(root, Path(folder) / "html", Path(folder) / "work", say)
        return compare(digests(site), theirs)


def _chosen(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m budgetbook.build", description=__doc__)
    parser.add_argument(
        "--verify", metavar="COPY", help="a folder or zip to hold against a new build"
    )
    parser.add_argument("--out", default="_build/html", help="where the site goes")
    parser.add_argument("--work", default="_build/work", help="what makes the next build fast")
    for name, meaning in PUBLISHED.items():
        parser.add_argument(f"--{name}", default="", help=meaning)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Build the site, or verify a copy of it; return 0, 1 if a copy differs, 2 if it failed."""
    chosen, root = _chosen(arguments), Path.cwd()
    speak_utf8()
    if sys.version_info[:2] > NEWEST:
        number = sys.version.split()[0]
        print(f"Note: Python {number} is newer than any that this book is tested on.")
    for sentence in unlike_pins(root):
        print(f"Note: {sentence}; its outputs may differ.")
    try:
        own = Path(__file__).resolve().parents[1]
        if own != (root / "src" / "budgetbook").resolve():
            raise BuildError(f"This is the budgetbook of {own}, not of this folder: call make book")
        if chosen.verify is not None:
            copy = Path(chosen.verify)
            if not chosen.verify or not copy.exists():
                raise BuildError(
                    f"“{chosen.verify}” does not exist: name a folder or a zip of the site, as in "
                    "make verify COPY=site.zip"
                )
            lines = verify(root, copy, print)
            print("\n".join(lines) or f"{copy} is what this source makes, every file of it")
            return 1 if lines else 0
        places = Path(chosen.out).resolve(), Path(chosen.work).resolve()
        given = {name: getattr(chosen, name) for name in PUBLISHED if getattr(chosen, name)}
        for folder in given.keys() & {"baseurl", "release"}:
            given[folder] = given[folder].rstrip("/") + "/"
        out = build(root, *places, print, given)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. The last good site is untouched; call make book to go on.", file=sys.stderr)
        return 130
    print(f"The book is in {os.path.relpath(out / 'index.html')}")
    return 0
