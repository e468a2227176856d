"""What the tests of the laboratory share: the command line's word, and how a page of it is used."""

import io
import zipfile

from budgetbook.cli import main

PAGE = "/book/laboratory.html"
DESK = {"width": 1280, "height": 900}
ASK = "async ([what, ...given]) => await window.budgetLaboratory.ask(what, ...given)"
SHOWN = "#laboratory[data-shown{}]"
OPENED = '#laboratory[data-package="{}"]'


def judged(capsys, folder):
    """What the command line says of a package: status, verdicts, error."""
    status = main(["check", str(folder), "--format", "json"])
    printed = capsys.readouterr()
    return status, printed.out, printed.err.removeprefix("budgetbook: ").removesuffix("\n")


def taken(download, name, folder):
    """Unpack what was downloaded under a name, and return the folder at its top."""
    assert download.suggested_filename == name
    with zipfile.ZipFile(io.BytesIO(download.path().read_bytes())) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def press_until(tab, words, most=60):
    """Press Tab until what has the focus is called so."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if words in tab.evaluate("document.activeElement.innerText || document.activeElement.id"):
            return
    raise AssertionError(f"{words} is not reached by {most} times Tab")
