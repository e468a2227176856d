"""The laboratory for use from a folder, where a page may load plain scripts and nothing else.

From `file://` a browser fetches no file and starts no thread from one. So all that the laboratory
loads stands in one plain script, as a function whose own text the page gives to the thread.
"""

from __future__ import annotations

import base64
from pathlib import Path

from .laboratory import CODE_ZIP, PYODIDE, code_zip

#: What `laboratory.js` asks for when the page was opened from a folder.
FOLDER_SCRIPT = "laboratory-folder.js"
#: What the thread fetches of Pyodide, and of which type it is.
_FETCHED = {
    "pyodide.asm.wasm": "application/wasm",
    "python_stdlib.zip": "application/zip",
    "pyodide-lock.json": "application/json",
}
#: Module → how it says what it exports, and how a function says so.
_EXPORTS = {
    "pyodide.js": ("export{dt as loadPyodide,U as version};", "return {loadPyodide: dt};"),
    "pyodide.asm.js": (
        "export default _createPyodideModule;",
        "return {default: _createPyodideModule};",
    ),
}
#: An address that is none: where the thread believes to be.
_HERE = '"http://folder.invalid/"'
_SCRIPT = """function laboratoryFolder() {{
"use strict";
self.importScripts = undefined; // Pyodide wants a thread of modules, which has none
self.folder = {{
here: {here},
files: {{
{files}
}},
loader() {{
{loader}
}},
core() {{
{core}
}},
}};
{worker}
}}
"""


def folder_script(root: Path) -> bytes:
    """Return the script: `laboratory-worker.js` of the project at `root`, and all that it loads.

    Raises ValueError if a vendored module does not export by the words that are known here.
    """
    vendored = root / PYODIDE
    fetched = {name: (kind, (vendored / name).read_bytes()) for name, kind in _FETCHED.items()}
    fetched[CODE_ZIP] = ("application/zip", code_zip(root))
    files = ",\n".join(
        f'"{name}": "data:{kind};base64,{base64.b64encode(content).decode()}"'
        for name, (kind, content) in fetched.items()
    )
    loader, core = (_plain(vendored, module) for module in _EXPORTS)
    worker = (root / "book" / "site" / "laboratory-worker.js").read_text(encoding="utf-8")
    parts = {"files": files, "loader": loader, "core": core, "worker": worker}
    return _SCRIPT.format(here=_HERE, **parts).encode("utf-8")


def _plain(vendored: Path, module: str) -> str:
    """Return a module as the body of a function that returns what it exports."""
    text = (vendored / module).read_text(encoding="utf-8")
    export, plain = _EXPORTS[module]
    if export not in text:
        raise ValueError(f"{module} does not say “{export}”: say in folder.py what it exports")
    return text.replace(export, plain).replace("import.meta.url", _HERE)
