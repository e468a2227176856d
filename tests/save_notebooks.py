"""Execute the notebooks and save their outputs; a notebook that fails or warns is not saved."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def execute(path: Path) -> nbformat.NotebookNode:
    """Return the notebook executed, its volatile metadata removed; raise if a cell warns."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": path.parent}},
    )
    client.execute()
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise RuntimeError(f"{path.name}: cell {cell.id} writes to stderr: {output.text}")
    return notebook


def main() -> int:
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        try:
            notebook = execute(path)
        except (CellExecutionError, RuntimeError) as error:
            print(f"{path.name} is not saved: {error}", file=sys.stderr)
            return 1
        nbformat.write(notebook, path)
        print(f"saved {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
