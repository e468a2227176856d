"""The laboratory from a folder, such as a USB stick: no server, no network."""

import base64
import io
import re
import shutil
import zipfile

import pytest
from accessibility import violations
from laboratories import ASK, DESK, OPENED, PAGE, SHOWN, judged, press_until, taken

from budgetbook.build import release
from budgetbook.site.folder import FOLDER_SCRIPT, folder_script
from budgetbook.site.laboratory import CODE_ZIP, PYODIDE, code_zip


def test_the_script_holds_the_bytes_that_a_server_would_send(repo):
    text = folder_script(repo).decode()
    held = dict(re.findall(r'^"([^"]+)": "data:[a-z/]+;base64,([^"]+)"', text, re.M))
    assert base64.b64decode(held.pop(CODE_ZIP)) == code_zip(repo)
    assert len(held) == 3
    for name, content in held.items():
        assert base64.b64decode(content) == (repo / PYODIDE / name).read_bytes()


def test_a_vendored_module_that_exports_otherwise_is_named(repo, tmp_path):
    for folder in ("book/vendor", "book/site"):
        shutil.copytree(repo / folder, tmp_path / folder)
    module = tmp_path / PYODIDE / "pyodide.js"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("export{", "export {"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"pyodide\.js does not say “export"):
        folder_script(tmp_path)


@pytest.fixture(scope="module")
def unpacked(repo, site, tmp_path_factory):
    """The site in the zip of a release that is for use without a network, unpacked."""
    folder = tmp_path_factory.mktemp("stick")
    pdf = folder / "book.pdf"
    pdf.write_bytes(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(release.offline(repo, site, pdf))) as archive:
        archive.extractall(folder)
    return folder / "budget-book" / "site"


def test_from_a_stick_without_a_network_and_by_keyboard_alone(
    browser, unpacked, student, tmp_path, capsys
):
    context = browser.new_context(viewport=DESK)
    context.set_offline(True)
    tab, said = context.new_page(), []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto((unpacked / PAGE[1:]).as_uri())
    tab.get_by_role("button", name="Start the laboratory").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format(""), timeout=120_000)
    press_until(tab, "lab-zip")
    press_until(tab, "lab-folder")
    tab.locator("#lab-folder").set_input_files(student)
    tab.wait_for_selector(OPENED.format("student-01"))
    assert tab.evaluate(ASK, ["verdicts"]) == judged(capsys, student / "data")[1]
    assert tab.evaluate("document.activeElement.id") == "lab-folder"
    # A figure is changed, and what was done is saved.
    press_until(tab, "Total 合计")
    tab.keyboard.press("Enter")
    press_until(tab, "lab-field")
    tab.keyboard.press("End")
    tab.keyboard.press("Backspace")
    tab.keyboard.type("9")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="set="'))
    with tab.expect_download() as download:
        press_until(tab, "Save all of it", most=200)
        tab.keyboard.press("Enter")
    top = taken(download.value, "student-01-1-change.zip", tmp_path / "taken")
    assert judged(capsys, top / "data")[1] == tab.evaluate(ASK, ["verdicts"])
    assert tab.evaluate(ASK, ["verdicts"]) != judged(capsys, student / "data")[1]
    # A table, then back to the book, and a case.
    tab.get_by_label("Or a table").select_option("spending-by-function")
    assert not said
    assert not violations(tab)
    tab.locator("#lab-open").focus()
    press_until(tab, "Back to this book")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(OPENED.format("budget-2025"))
    tab.locator("#lab-open").focus()
    press_until(tab, "Case 1")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(SHOWN.format('*="="'))
    context.close()


def test_the_site_alone_says_what_its_folder_lacks(browser, site):
    """It is as light as it was: what the laboratory needs from a folder is in the release alone."""
    assert not list(site.rglob(FOLDER_SCRIPT))
    tab = browser.new_page()
    tab.goto((site / PAGE[1:]).as_uri())
    tab.get_by_role("button", name="Start the laboratory").click()
    words = tab.locator("div > p.lab-cannot")
    words.wait_for()
    assert "Take offline.zip of a release" in words.inner_text()
    assert "请取发行版的 offline.zip" in words.inner_text()
    assert tab.locator(".lab-still table").first.is_visible()
    assert "budgetbook check" in tab.locator("article").inner_text()
    tab.close()
