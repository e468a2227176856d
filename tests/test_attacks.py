"""What a class gives to a script: the program's points help nobody who has not read."""

import json

import pytest
from attacks import by_the_checks, departments, earned, row_of, tried
from test_class import CALLED, PROGRAM, WHOLE

from budgetbook.teaching.answers import Answer
from budgetbook.teaching.keys import points, where
from budgetbook.teaching.planting import suspicion

pytestmark = pytest.mark.long

POINTS = {level: points(level) for level in (1, 2, 3, 4)}


@pytest.fixture(scope="module")
def course():
    """Each student's folder as a script sees it, and key."""
    return [*departments()]


def test_the_best_of_three_scripts_earns_half_of_the_program_and_35_per_cent_at_most(course, repo):
    """And the guide says what they earn; `benchmarks/classes.py --scripts` writes it anew."""
    found = tried(course, POINTS, PROGRAM, WHOLE)
    means = [float(row[1]) for row in found["tables"][0]["rows"]]
    assert max(means) <= PROGRAM / 2
    assert max(means) <= WHOLE * 0.35
    shallow = sum(2 * (sum(POINTS[n].values()) - POINTS[n]["explanation"]) for n in (1, 2))
    assert means[0] > shallow * 0.8, "what needs no reading is found by rules"
    assert max(means) > shallow, "words are tried too, not in vain"
    told = (repo / "book" / "results" / "scripts.json").read_text(encoding="utf-8")
    assert json.loads(told) == found


def test_checks_and_comparisons_find_nothing_that_needs_reading(course):
    for folder, key in course:
        program, shallow, alarms = earned(key, by_the_checks(folder), POINTS)
        assert program == max(0, shallow - alarms)


def test_the_program_finds_half_of_the_errors_and_less_than_a_third_of_the_points(course, repo):
    """As the read-me of a student says; over 60 departments it was 53 % and 22 %."""
    errors = [error for _, key in course for error in key["errors"]]
    failing = [error for error in errors if error["failing"]]
    assert 0.4 < len(failing) / len(errors) < 0.65
    for _, key in course:
        mine = [POINTS[e["level"]] for e in key["errors"] if e["failing"]]
        assert sum(sum(p.values()) - p["explanation"] for p in mine) < PROGRAM / 3
    told = (repo / "data" / "teaching" / "read-me.txt").read_text(encoding="utf-8")
    assert "约一半的错误，不到三分之一的分值" in told


def test_everything_is_wrong_earns_nothing(course):
    for folder, key in course[:2]:
        rows = sorted(suspicion(folder.results))
        flood = [
            Answer(f"F{n}", CALLED.get(where(row), ""), row_of(row)) for n, row in enumerate(rows)
        ]
        assert len(flood) > 200
        assert earned(key, flood, POINTS)[0] == 0
