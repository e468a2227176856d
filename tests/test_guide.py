"""The guide for lecturers, followed to the letter in a copy of the project as it is downloaded."""

import csv
import os
import re
import shutil
import subprocess
import sys

import pytest
from copies import copied

pytestmark = pytest.mark.long

#: The guide speaks of a large class; two students show the same.
STUDENTS = "2"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A clean copy in which every command of the guide was given, in order."""
    folder = copied(tmp_path_factory.mktemp("guide"))
    guide = (folder / "book" / "teach.md").read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^ +(budgetbook .*)$", guide)
    for command in commands:
        if "grade" in command:
            hand_in(folder)
        follow(folder, re.sub(r"(?<=--students )\d+", STUDENTS, command))
    return folder


def follow(folder, command):
    """Give a command of the guide in the copy, with the copy's own program."""
    words = command.split()
    assert words[0] == "budgetbook"
    settings = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, env=settings, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def hand_in(folder):
    """What the guide asks for before it grades: the sheets of the students in one folder."""
    (folder / "handed-in").mkdir()
    for sheet in (folder / "class").glob("student-*/answers.xlsx"):
        shutil.copy(sheet, folder / "handed-in" / f"{sheet.parent.name}.xlsx")


def test_the_guide_ends_with_a_class_and_its_keys(room):
    assert len(list((room / "class").glob("student-*/disclosure.html"))) == 2
    assert len(list((room / "class-key").glob("student-*.json"))) == 2


def test_the_guide_ends_with_a_deck_a_handout_and_a_question_bank(room):
    names = {path.name for path in (room / "material").iterdir()}
    assert {"deck.html", "deck.pptx", "handout.html", "answer-sheet.html"} <= names
    banks = {"questions-en.moodle.xml", "questions-zh.moodle.xml", "questions.xlsx"}
    assert banks <= names


def test_the_guide_ends_with_a_grade_book(room):
    text = (room / "grades" / "grades.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(text.splitlines()))) == 2
    assert len(list((room / "grades" / "feedback").iterdir())) == 2
