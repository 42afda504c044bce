"""What `help` says of everything that is offered agrees with what can be called."""

from __future__ import annotations

import enum
import inspect
import re

import pytest
from numpydoc.docscrape import ClassDoc, FunctionDoc
from numpydoc.validate import validate

import mlplib
import mlplib.checks
import mlplib.viz

FACES = (mlplib, mlplib.viz, mlplib.checks)
OFFERED = {
    f"{face.__name__}.{name}": getattr(face, name)
    for face in FACES
    for name in dir(face)
    if not name.startswith("_")
    if inspect.isfunction(getattr(face, name)) or inspect.isclass(getattr(face, name))
    if getattr(face, name).__module__.startswith("mlplib")
}
FUNCTIONS = {name: f for name, f in OFFERED.items() if inspect.isfunction(f)}
CLASSES = {
    name: c
    for name, c in OFFERED.items()
    if inspect.isclass(c) and not issubclass(c, enum.Enum | BaseException)
}

WATCHED = {
    "GL03": "blank lines in good order",
    "GL06": "no unknown section",
    "GL07": "sections in the usual order",
    "GL08": "there is a docstring",
    "SS03": "the summary ends with a full stop",
    "SS04": "and has no blanks before it",
    "SS05": "and is in the imperative",
    "PR01": "every parameter is told",
    "PR02": "and no other",
    "PR03": "in their order",
    "PR05": "no full stop behind a type",
    "PR09": "but one behind a description",
    "PR10": "blanks around the colon",
    "RT01": "what comes back is told",
    "RT02": "by its type",
    "RT05": "and with a full stop",
    "YD01": "what is yielded, too",
}
"""What numpydoc is asked, of the many things that it can see."""


def test_there_is_something_to_look_at():
    assert len(FUNCTIONS) > 70
    assert len(CLASSES) > 25


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_takes_and_gives(name):
    function = FUNCTIONS[name]
    found = validate(f"{function.__module__}.{function.__qualname__}")["errors"]
    assert [(code, said) for code, said in found if code in WATCHED] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_refuses_says_so(name):
    """Where its own lines raise, there is a section Raises, and each error is named in it."""
    function = FUNCTIONS[name]
    source = inspect.getsource(inspect.unwrap(function))
    raised = set(re.findall(r"^ +raise (\w+Error)\(", source, re.MULTILINE))
    told = {part.type for part in FunctionDoc(function)["Raises"]}
    assert raised <= told


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_says_what_it_is_made_of(name):
    """Each argument is a parameter or an attribute of the docstring, whatever it inherits."""
    kind = CLASSES[name]
    told = {
        part
        for ours in inspect.getmro(kind)
        if ours.__module__.startswith("mlplib")
        for section in ("Parameters", "Attributes")
        for entry in ClassDoc(ours, config={"show_class_members": False})[section]
        for part in entry.name.split(", ")
    }
    asked = {p.name for p in inspect.signature(kind).parameters.values()}
    assert asked - told == set()


@pytest.mark.parametrize("name", [*FUNCTIONS, *CLASSES])
def test_a_signature_is_as_it_was_written(name):
    """No type is spelled out: ArrayLike stays ArrayLike."""
    shown = str(inspect.signature(OFFERED[name]))
    assert not re.search(r"_typing|Union\[|collections\.abc|typing\.|mlplib\.", shown), shown
