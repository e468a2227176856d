"""Where a benchmark ran; its result, with the tables that the book shows, put in place at once."""

import json
import os
import platform
from datetime import date


def setting():
    """Return the date and the machine of a run."""
    cores = os.cpu_count() or 1
    machine = f"{platform.machine()}, {cores} cores, Python {platform.python_version()}"
    return {"date": date.today().isoformat(), "machine": machine}


def table(head, rows, folded=""):
    """Return a table as the book shows it: heading and rows in words, behind a line if given."""
    shown = {"head": list(head), "rows": [[str(cell) for cell in row] for row in rows]}
    return {"folded": folded} | shown if folded else shown


def save(path, result):
    """Write a result beside, then in place, and print it."""
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
    print(text)
