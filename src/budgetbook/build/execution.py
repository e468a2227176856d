"""Runs the notebooks: side by side, each only when the cache does not hold it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets import default

from ..errors import BuildError

Say = Callable[[str], None]


class OwnKernel(AsyncKernelManager):
    """Starts the kernel of the Python that builds, whatever kernels are installed elsewhere."""

    @default("kernel_spec_manager")
    def _own_environment_alone(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])


def execute(root: Path, cache_folder: Path, timeout: int, say: Say) -> list[str]:
    """Execute, side by side, the notebooks that the cache does not hold; return their names.

    A cache that a stopped run left damaged is thrown away. Raises BuildError as `run` does.
    """
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    for path in paths:
        read(path)
    cache = get_cache(str(cache_folder))
    try:
        missing = [path for path in paths if not _cached(cache, path)]
    except Exception:  # damaged: whatever the database or a file of it makes of that
        cache.db.dispose()  # Windows removes no file that is open
        shutil.rmtree(cache_folder, ignore_errors=True)
        cache, missing = get_cache(str(cache_folder)), paths
    if len(missing) < len(paths):
        say(f"unchanged, not executed: {len(paths) - len(missing)} of {len(paths)} notebooks")
    try:
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            runs = [pool.submit(_timed, path, timeout) for path in missing]
            try:
                for path, done in zip(missing, runs, strict=True):
                    notebook, seconds = done.result()
                    cache.cache_notebook_bundle(
                        CacheBundleIn(notebook, str(path), data={}),
                        check_validity=False,
                        overwrite=True,
                    )
                    say(f"executed {path.name} in {seconds:.1f} s")
            except BaseException:  # one failed, or the user stopped it: begin no other
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        cache.db.dispose()
    return [path.name for path in missing]


def _timed(path: Path, timeout: int) -> tuple[nbformat.NotebookNode, float]:
    """Return the notebook executed, and how many seconds that took."""
    started = time.monotonic()
    return run(path, timeout), time.monotonic() - started


def read(path: Path) -> nbformat.NotebookNode:
    """Return a notebook. Raises BuildError if the file is not one."""
    try:
        notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, nbformat.ValidationError) as error:
        reason = str(error).partition("\n")[0]
        raise BuildError(
            f"{path} is not a notebook ({reason[:80]}): restore it, for instance by git checkout"
        ) from error
    return notebook


def run(path: Path, timeout: int) -> nbformat.NotebookNode:
    """Return the notebook executed, without the user's own IPython and matplotlib settings.

    Raises BuildError if a cell fails, warns or takes more than `timeout` seconds, or if the
    kernel dies.
    """
    notebook = read(path)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        kernel_manager_class=OwnKernel,
        timeout=timeout,
        record_timing=False,
        coalesce_streams=True,  # else it depends on the moment how prints are cut
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # a local kernel, nothing to warn of
        resources={"metadata": {"path": path.parent}},
    )
    with tempfile.TemporaryDirectory(prefix="ipython-", ignore_cleanup_errors=True) as empty:
        defaults = Path(empty) / "matplotlibrc"
        defaults.touch()
        ours = {"IPYTHONDIR": empty, "MATPLOTLIBRC": str(defaults)}
        try:
            client.execute(env={**os.environ, **ours})
        except CellExecutionError as error:
            raise BuildError(f"{path.name} fails: {error.ename}: {error.evalue}") from error
        except CellTimeoutError as error:
            raise BuildError(
                f"{path.name}: a cell takes more than {timeout} seconds; make it faster, or raise "
                "execute: timeout in _config.yml"
            ) from error
        except (DeadKernelError, RuntimeError) as error:  # as it ran, or before it answered
            atexit.unregister(client._cleanup_kernel)  # it would fail on the kernel that is gone
            raise BuildError(
                f"{path.name}: the kernel died or does not answer, perhaps for want of memory; "
                "build again"
            ) from error
    if warning := next(_warnings(notebook), ""):
        raise BuildError(f"{path.name}: {warning}")
    return notebook


def _warnings(notebook: nbformat.NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                yield f"cell {cell.id} warns: {output.text.strip()}"


def _cached(cache: Any, path: Path) -> bool:
    """Whether the cache holds the notebook as it is now. Any error but its own means damage."""
    try:
        record = cache.match_cache_notebook(read(path))
    except KeyError:
        return False
    cache.get_cache_bundle(record.pk)
    return True
