"""Kinds of reasons for which a check does not apply."""

import pytest

from budgetbook.words.apart import kind_of, kinds


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.title_en)
def test_a_reason_is_of_one_kind(kind):
    reason = kind.says.replace("*", "table 5")
    assert [other for other in kinds() if other.has(reason)] == [kind] == [kind_of(reason)]
    assert kind.title_en.isprintable()
    assert not kind.title_zh.isascii()


def test_a_reason_of_no_kind_is_refused():
    with pytest.raises(LookupError, match="a reason of no kind; add one to apart"):
        kind_of("another reason")
