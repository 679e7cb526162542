"""The processor for structlog."""

from __future__ import annotations

import structlog

from distributedlogs.structlog import LogProcessor


def configured(*processors):
    return structlog.wrap_logger(
        structlog.PrintLogger(),
        processors=list(processors),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def test_an_event(logger, sink):
    log = configured(structlog.stdlib.add_log_level, LogProcessor(logger)).bind(user_id=7)
    log.warning("rate limit", limit=1000, tags={"a"})
    (row,) = sink.wait_for(1)
    assert (row["level"], row["message"]) == ("WARNING", "rate limit")
    assert row["metadata"] == {"user_id": 7, "limit": 1000, "tags": ["a"]}


def test_an_exception_raw_and_formatted(logger, sink):
    raw = configured(LogProcessor(logger))
    formatted = configured(structlog.processors.format_exc_info, LogProcessor(logger))
    try:
        raise ValueError("v")
    except ValueError:
        raw.exception("raw")
        formatted.error("formatted", exc_info=True)
    first, second = sink.wait_for(2)
    assert (first["level"], first["error"]["type"]) == ("ERROR", "ValueError")
    assert "ValueError: v" in second["error"]["stack"]


def test_the_chain_goes_on_with_forward(logger, sink, capsys):
    log = configured(LogProcessor(logger, forward=True), structlog.processors.KeyValueRenderer())
    log.info("both", a=1)
    assert "event='both'" in capsys.readouterr().out
    assert sink.wait_for(1)[0]["metadata"] == {"a": 1}


def test_an_event_that_is_no_text(logger, sink):
    configured(LogProcessor(logger)).info(5)
    assert sink.wait_for(1)[0]["message"] == "5"
