"""What `make quick` tries less of: of invented examples a quarter, spread over all of them.

`pytest --quick` turns it on before any test is read; `make test` tries all. Whole tests are left
out by their marks, in the Makefile. The last line of a quick run says both.
"""

from hypothesis import settings

#: Of so many invented examples the quick run tries one.
SHARE = 4
#: Whether this is the quick run.
on = False


def share(number):
    """How many of so many examples this run tries."""
    return max(1, number // SHARE) if on else number


def some(examples):
    """Examples that are invented alike: all, or in the quick run every fourth."""
    return list(examples)[:: SHARE if on else 1]


def generated(number):
    """Settings of a test that has so many examples generated, or in the quick run a quarter."""
    return settings(max_examples=share(number), deadline=None)


def said(left_out):
    """The last line of a quick run that left out so many tests."""
    return (
        f"A quick run. Left out: {left_out} tests that need a browser or a built site or are long. "
        f"Of invented examples one in {SHARE} was tried. make test leaves out nothing."
    )
