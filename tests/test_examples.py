"""The examples in docstrings are true, and each pure module has some."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest
from conftest import ROOT

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
OTHERS = sorted(
    {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "podcast").rglob("*.py")
        if ">>> " in path.read_text()
    }.difference(PURE)
)


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_shows_what_it_does(name: str) -> None:
    """Two to four examples stand in its docstring, and what they print is what they say."""
    module = importlib.import_module(name)
    calls = [line for line in (module.__doc__ or "").splitlines() if line.startswith(">>> ")]
    assert 2 <= len(calls) <= 4
    assert not untrue(module)


@pytest.mark.parametrize("name", OTHERS)
def test_examples_elsewhere_are_true(name: str) -> None:
    """Whatever module shows something, it is so."""
    assert not untrue(importlib.import_module(name))


def untrue(module: ModuleType) -> int:
    shown = doctest.DocTestFinder().find(module)
    return sum(doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(each).failed for each in shown)
