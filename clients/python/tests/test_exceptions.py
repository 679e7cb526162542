"""Exceptions become @error.*: class, text, and a traceback with its causes."""

from __future__ import annotations

import sys

import pytest


class OddError(Exception):
    def __str__(self) -> str:
        raise ValueError("even this")


def fail(error: BaseException) -> None:
    raise error


def test_exception_takes_the_one_being_handled(logger, sink):
    try:
        try:
            fail(KeyError("inner"))
        except KeyError as inner:
            raise ValueError("outer") from inner
    except ValueError:
        assert logger.exception("failed", {"order": 7})
    (row,) = sink.wait_for(1)
    assert (row["level"], row["message"], row["metadata"]) == ("ERROR", "failed", {"order": 7})
    assert (row["error"]["type"], row["error"]["message"]) == ("ValueError", "outer")
    stack = row["error"]["stack"]
    assert "KeyError: 'inner'" in stack
    assert "direct cause" in stack
    assert __file__ in stack


@pytest.mark.parametrize("form", ["true", "exception", "triple", "metadata", "truthy"])
def test_forms_of_exc_info(logger, sink, form):
    try:
        fail(OSError(2, "no such file"))
    except OSError as error:
        if form == "metadata":
            logger.warning("m", error)
        else:
            given = {"true": True, "exception": error, "triple": sys.exc_info(), "truthy": 1}[form]
            logger.warning("m", {"a": 1}, exc_info=given, b=2)
    (row,) = sink.wait_for(1)
    assert row["error"]["type"] == "FileNotFoundError"
    assert row["error"]["message"] == "[Errno 2] no such file"
    assert row["metadata"] == ({} if form == "metadata" else {"a": 1, "b": 2})


@pytest.mark.parametrize("exc_info", [False, None, (None, None, None), True])
def test_no_exception_is_none(logger, sink, exc_info):
    assert logger.error("m", exc_info=exc_info)
    assert "error" not in sink.wait_for(1)[0]


def test_outside_of_an_except_block(logger, sink):
    assert logger.exception("nothing happened")
    assert "error" not in sink.wait_for(1)[0]


def test_an_exception_without_a_text(logger, sink):
    try:
        fail(OddError())
    except OddError:
        assert logger.exception("odd")
    error = sink.wait_for(1)[0]["error"]
    assert error["type"].endswith("OddError")
    assert "str() raised ValueError" in error["message"]


def test_an_exception_of_another_module(logger, sink):
    try:
        fail(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"))
    except UnicodeDecodeError:
        logger.exception("m")
    assert sink.wait_for(1)[0]["error"]["type"] == "UnicodeDecodeError"


def test_recursion_error(logger, sink):
    def forever() -> None:
        forever()

    try:
        forever()
    except RecursionError:
        assert logger.exception("too deep")
    assert sink.wait_for(1)[0]["error"]["type"] == "RecursionError"


def test_a_child_and_a_custom_event_carry_exceptions(logger, sink):
    try:
        fail(ValueError("v"))
    except ValueError as error:
        logger.child(a=1).custom("failed", exc_info=error)
    row = sink.wait_for(1)[0]
    assert (row["event"], row["error"]["message"], row["metadata"]) == ("failed", "v", {"a": 1})
