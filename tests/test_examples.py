"""The examples in the docstrings of pure modules are true, and each such module has some."""

import doctest
import importlib
import pkgutil

import pytest

from podcast import grounding, speech

WITHOUT = {
    "podcast.grounding.judging",  # what it judges is a whole script with its brief, document, paper and show
}
PURE = [
    name
    for wing in (speech, grounding)
    for name in (wing.__name__, *(f"{wing.__name__}.{module.name}" for module in pkgutil.iter_modules(wing.__path__)))
    if name not in WITHOUT
]


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_shows_what_it_does(name: str) -> None:
    """Two to four examples stand in its docstring, and what they print is what they say."""
    module = importlib.import_module(name)
    shown = doctest.DocTestFinder().find(module, name)
    calls = [line for line in (module.__doc__ or "").splitlines() if line.startswith(">>> ")]
    assert 2 <= len(calls) <= 4
    failed = sum(doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(each).failed for each in shown)
    assert not failed
