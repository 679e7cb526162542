"""The public surface is pinned in approved_api.txt: a change there is a decision, seen in review."""

from __future__ import annotations

import inspect
import pathlib
import pkgutil

import distributedlogs
from distributedlogs import _core

APPROVED = pathlib.Path(__file__).parent / "approved_api.txt"
MODULES = [
    "distributedlogs",
    "config",
    "context",
    "demo",
    "events",
    "handler",
    "lifecycle",
    "logger",
    "models",
    "sdk",
    "structlog",
]


def signature(thing: object) -> str:
    try:
        return str(inspect.signature(thing))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""


def lines():
    for name in sorted(distributedlogs.__all__):
        thing = getattr(distributedlogs, name)
        if not inspect.isclass(thing):
            yield f"{name}{signature(thing)}" if callable(thing) else name
            continue
        bases = ", ".join(base.__name__ for base in thing.__bases__)
        yield f"class {name}({bases})"
        if hasattr(thing, "model_fields"):
            yield from (
                f"    {field}: {info.annotation} = {info.default!r}" for field, info in thing.model_fields.items()
            )
            continue
        names = {member for one in (thing, _core.Logger) if issubclass(thing, one) for member in vars(one)}
        for member in sorted(names):
            if not member.startswith("_"):
                found = inspect.getattr_static(thing, member)
                yield f"    {member}{signature(found)}"


def test_the_surface_is_as_approved():
    now = "\n".join(lines()) + "\n"
    if not APPROVED.exists():
        APPROVED.write_text(now)
    assert now == APPROVED.read_text(), f"if this is meant, delete {APPROVED.name} and run the test again"


def test_every_module_says_what_it_does():
    found = {module.name for module in pkgutil.iter_modules(distributedlogs.__path__)}
    assert found == {*MODULES[1:], "_core", "generated"}
    for name in MODULES[1:]:
        text = (pathlib.Path(distributedlogs.__path__[0]) / f"{name}.py").read_text()
        assert text.startswith('"""')


def test_the_stub_lists_what_the_native_half_has():
    stub = (pathlib.Path(distributedlogs.__path__[0]) / "_core.pyi").read_text()
    for name, thing in vars(_core).items():
        if name.startswith("__") and name != "__version__":
            continue
        assert name in stub, name
        if inspect.isclass(thing):
            for member in vars(thing):
                assert member.startswith("__") or f"def {member}(" in stub, f"{name}.{member}"
