"""The benchmarks run on a small sample, and the results that the book shows are whole."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import rebuild
import speed


def test_a_stream_of_departments_is_judged_and_forgotten():
    found = speed.stream(3, 1)
    assert found["departments"] == 3
    assert found["checks"] > 3 * 500
    assert found["ms_each"] > 0


def test_the_last_full_run_is_in_the_book():
    result = json.loads(speed.RESULT.read_text(encoding="utf-8"))
    assert {m["departments"] for m in result["many"]} == {1, 100, 10_000}
    assert {m["cores"] for m in result["many"]} > {1}
    assert set(result["shell"]) > {"budgetbook check", "import pandas"}
    assert result["machine"]
    assert result["date"]


def test_the_last_run_of_the_rebuilds_is_in_the_book():
    result = json.loads(rebuild.RESULT.read_text(encoding="utf-8"))
    cases = result["cases"]
    assert cases["everything, from nothing"]["ratio"] == 1
    assert set(cases) > {"nothing changed", "a sentence of a page", "a line of the package"}
    assert all(found["seconds"] > 0 for found in cases.values())
