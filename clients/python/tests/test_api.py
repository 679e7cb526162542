"""The surface: every verb, every form of a call, and what a logger tells about itself."""

from __future__ import annotations

import threading

import pytest

from distributedlogs import CloseReport, DistributedLogger

LEVELS = ("trace", "debug", "info", "warning", "error", "critical")


def test_every_level_arrives_under_its_name(options, sink):
    with DistributedLogger(**options, level="trace") as logger:
        for level in LEVELS:
            assert getattr(logger, level)(f"at {level}") is True
    rows = sink.wait_for(6)
    assert [(row["level"], row["message"]) for row in rows] == [(one.upper(), f"at {one}") for one in LEVELS]


def test_a_disabled_level_is_false_and_reads_nothing(logger):
    class Untouchable:
        def __str__(self) -> str:
            pytest.fail("a disabled call looked at its fields")
            return ""

    assert logger.debug("no", {"x": Untouchable()}) is False
    assert logger.debug(Untouchable(), x=Untouchable()) is False
    assert logger.stats()["accepted"] == 0


@pytest.mark.parametrize(
    ("call", "metadata"),
    [
        (lambda log: log.info("m"), {}),
        (lambda log: log.info("m", None), {}),
        (lambda log: log.info("m", {}), {}),
        (lambda log: log.info("m", {"a": 1}), {"a": 1}),
        (lambda log: log.info("m", a=1, b="x"), {"a": 1, "b": "x"}),
        (lambda log: log.info("m", {"a": 1}, b=2), {"a": 1, "b": 2}),
        (lambda log: log.info("m", {"a": 1}, a=2), {"a": 2}),
        (lambda log: log.info("m", metadata={"a": 1}), {"a": 1}),
        (lambda log: log.info("m", {"a": 1}, metadata=2), {"a": 1, "metadata": 2}),
        (lambda log: log.info(message="m", a=1), {"a": 1}),
        (lambda log: log.info("m", message="other"), {"message": "other"}),
        (lambda log: log.info("m", event="e", level="l"), {"event": "e", "level": "l"}),
        (lambda log: log.info("m", "no dict"), {"metadata": "no dict"}),
        (lambda log: log.info("m", [1, 2]), {"metadata": [1, 2]}),
        (lambda log: log.info("m", {"a": 1}, 2, "x"), {"a": 1, "args": [2, "x"]}),
        (lambda log: log.info("m", {1: 2}.items()), {"metadata": [[1, 2]]}),
        (lambda log: log.log("info", "m", a=1), {"a": 1}),
        (lambda log: log.log(2, "m", {"a": 1}), {"a": 1}),
        (lambda log: log.log(20, "m"), {}),
        (lambda log: log.log(level="INFO", message="m"), {}),
        (lambda log: log.log("no level", "m"), {}),
    ],
)
def test_forms_of_a_call(logger, sink, call, metadata):
    assert call(logger) is True
    (row,) = sink.wait_for(1)
    assert (row["level"], row["message"], row["metadata"]) == ("INFO", "m", metadata)


def test_no_form_of_a_call_raises(logger, sink):
    for verb in (*LEVELS[2:], "custom", "exception"):
        assert getattr(logger, verb)() is True
        assert getattr(logger, verb)(None, 1, 2, 3, **{"exc_info": object(), "": 1}) is True
    assert logger.log() is True
    assert len(sink.wait_for(13)) == 13


def test_custom_event(logger, sink):
    logger.custom("payment_completed", {"amount": 99.99, "currency": "USD"})
    (row,) = sink.wait_for(1)
    assert (row["event"], row["level"]) == ("payment_completed", "INFO")
    assert row["metadata"] == {"amount": 99.99, "currency": "USD"}


def test_child_shares_everything_but_its_fields(logger, sink):
    child = logger.child({"request_id": "r1"}, user=7)
    grandchild = child.child(user=8)
    logger.info("parent")
    child.info("child", {"step": 1})
    grandchild.warning("grandchild")
    child.level = "error"
    assert logger.level == "ERROR"
    rows = sink.wait_for(3)
    assert [row["metadata"] for row in rows] == [
        {},
        {"request_id": "r1", "user": 7, "step": 1},
        {"request_id": "r1", "user": 8},
    ]
    # Only what stands still can be compared: the sender goes on between one call of stats() and the next.
    assert logger.stats()["accepted"] == grandchild.stats()["accepted"] == 3


def test_level_changes_while_running(logger):
    assert not logger.is_enabled_for("debug")
    logger.level = 10
    assert logger.level == "DEBUG"
    assert logger.debug("now")
    with pytest.raises(ValueError, match="unknown level loud: use trace, debug"):
        logger.level = "loud"


def test_flush_close_and_the_law(logger, sink):
    for n in range(250):
        logger.info("m", {"n": n})
    assert logger.flush(10) == 0
    assert [row["metadata"]["n"] for row in sink.wait_for(250)] == list(range(250))
    report = logger.close()
    assert report == CloseReport(sent=250, waiting=0, lost=0)
    assert logger.close() == report
    assert logger.info("late") is False
    stats = logger.stats()
    assert stats["accepted"] == 250 == stats["acked"]
    assert stats["refused"]["closed"] == 1
    assert logger.state == "stopped"


def test_context_manager(options, sink):
    with DistributedLogger(**options) as logger:
        logger.info("inside")
    assert sink.messages == ["inside"]
    assert repr(logger) == "<DistributedLogger 'tests' stopped>"


def test_events(logger, sink):
    sent, everything, told = [], [], threading.Event()
    off = logger.on("batch_sent", sent.append)
    logger.on("*", everything.append)
    logger.on("batch_sent", lambda _: 1 / 0)
    logger.on("batch_sent", lambda _: told.set())
    logger.info("one")
    assert logger.flush(10) == 0
    # Closing waits for the listeners' thread only so long.
    assert told.wait(10)
    logger.close()
    assert sum(event["count"] for event in sent) == 1
    assert {"state_changed", "batch_sent"} <= {event["name"] for event in everything}
    off()
    off()


def test_the_server_sees_who_speaks(logger, sink):
    logger.info("hello")
    sink.wait_for(1)
    client = sink.headers[0]["client"]
    assert (client["language"], client["service"]) == ("python", "tests")
    assert client["runtime_version"].startswith("CPython 3.")


def test_a_forgotten_logger_delivers(options, sink):
    DistributedLogger(**options).info("nobody holds me")
    assert sink.wait_for(1)[0]["message"] == "nobody holds me"
