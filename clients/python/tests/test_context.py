"""Bound fields per task and thread."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

from distributedlogs import bind, unbind_all


@pytest.fixture(autouse=True)
def _unbound():
    unbind_all()
    yield
    unbind_all()


def test_bound_in_a_block(logger, sink):
    with bind(request_id="r1"):
        logger.info("inside")
        with bind({"user": 7}, request_id="r2"):
            logger.info("deeper", {"own": 1})
        logger.info("inside again")
    logger.info("outside")
    assert [row["metadata"] for row in sink.wait_for(4)] == [
        {"request_id": "r1"},
        {"request_id": "r2", "user": 7, "own": 1},
        {"request_id": "r1"},
        {},
    ]


def test_who_wins(logger, sink):
    with bind(a="context", b="context", c="context"):
        logger.child(b="child", c="child").info("m", c="own")
    assert sink.wait_for(1)[0]["metadata"] == {"a": "context", "b": "child", "c": "own"}


def test_tasks_do_not_see_each_other(logger, sink):
    async def task(name: str) -> None:
        bind(task=name)
        await asyncio.sleep(0)
        logger.info("m", {"name": name})

    async def main() -> None:
        bind(parent=1)
        await asyncio.gather(task("a"), task("b"))
        logger.info("m", {"name": None})

    asyncio.run(main())
    rows = sorted((row["metadata"] for row in sink.wait_for(3)), key=lambda row: str(row["name"]))
    assert rows == [
        {"parent": 1, "name": None},
        {"parent": 1, "task": "a", "name": "a"},
        {"parent": 1, "task": "b", "name": "b"},
    ]


def test_threads_begin_empty_unless_given_a_context(logger, sink):
    with bind(a=1):
        plain = threading.Thread(target=logger.info, args=("plain",))
        context = contextvars.copy_context()
        given = threading.Thread(target=context.run, args=(logger.info, "given"))
        for thread in (plain, given):
            thread.start()
            thread.join()
    assert {row["message"]: row["metadata"] for row in sink.wait_for(2)} == {
        "plain": {},
        "given": {"a": 1},
    }


def test_unbinding_twice_and_elsewhere(logger, sink):
    binding = bind(a=1)
    contextvars.copy_context().run(binding.unbind)
    binding.unbind()
    assert logger.info("still bound")
    unbind_all()
    assert logger.info("empty")
    assert [row["metadata"] for row in sink.wait_for(2)] == [{"a": 1}, {}]


def test_bound_values_are_read_when_bound(logger, sink):
    changing = {"n": 1}
    with bind(it=changing):
        changing["n"] = 2
        logger.info("m")
    assert sink.wait_for(1)[0]["metadata"] == {"it": {"n": 1}}
