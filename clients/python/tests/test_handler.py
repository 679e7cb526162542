"""The handler for `logging`."""

from __future__ import annotations

import logging
import logging.config
import logging.handlers
import queue
import threading

import pytest

from distributedlogs import LogHandler


@pytest.fixture
def log(logger):
    log = logging.getLogger("tests.handler")
    log.setLevel(1)
    log.propagate = False
    handler = LogHandler(logger)
    log.addHandler(handler)
    yield log
    log.removeHandler(handler)


def test_a_record(log, sink):
    log.warning("hello %s", "world", extra={"user_id": 7})
    (row,) = sink.wait_for(1)
    assert (row["level"], row["message"], row["metadata"]) == (
        "WARNING",
        "hello world",
        {"user_id": 7},
    )
    assert (row["logger"], row["thread"]) == ("tests.handler", "MainThread")


def test_levels(logger, log, sink):
    logger.level = 0
    for number in (5, 10, 15, 20, 30, 40, 50, 60):
        log.log(number, "m")
    assert [row["level"] for row in sink.wait_for(8)] == [
        "TRACE", "DEBUG", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "CRITICAL",
    ]  # fmt: skip


def test_exc_info_and_stack_info(log, sink):
    try:
        raise ValueError("v")
    except ValueError:
        log.exception("failed")
    log.info("where", stack_info=True)
    failed, where = sink.wait_for(2)
    assert (failed["error"]["type"], failed["error"]["message"]) == ("ValueError", "v")
    assert "test_exc_info_and_stack_info" in failed["error"]["stack"]
    assert "test_exc_info_and_stack_info" in where["metadata"]["stack_info"]


def test_a_message_that_cannot_be_formatted(log, sink, capfd):
    log.info("%d apples", "many")
    log.info("%s %s", 1)
    first, second = sink.wait_for(2)
    assert (first["message"], first["metadata"]) == ("%d apples", {"args": ["many"]})
    assert (second["message"], second["metadata"]) == ("%s %s", {"args": [1]})
    assert capfd.readouterr().err == ""


def test_a_formatter_and_a_filter(log, sink):
    handler = log.handlers[0]
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    handler.addFilter(lambda record: record.levelno > logging.INFO)
    try:
        log.info("no")
        log.error("yes")
    finally:
        handler.setFormatter(None)
    assert [row["message"] for row in sink.wait_for(1)] == ["ERROR yes"]


def test_the_time_of_a_record_that_waited(log, logger, sink):
    waiting: queue.Queue[logging.LogRecord] = queue.Queue()
    record = logging.makeLogRecord({"msg": "old", "created": 1_700_000_000.5, "levelno": 20, "name": "q"})
    waiting.put(record)
    listener = logging.handlers.QueueListener(waiting, LogHandler(logger))
    listener.start()
    listener.stop()
    assert abs(sink.wait_for(1)[0]["time_ns"] - 1_700_000_000_500_000_000) < 1000


def test_a_field_that_logs_through_logging(log, sink):
    class Logs:
        def __str__(self) -> str:
            log.info("from inside")
            return "logged"

    log.info("outside %s", Logs(), extra={"it": Logs()})
    assert sorted(row["message"] for row in sink.wait_for(3)) == [
        "from inside",
        "from inside",
        "outside logged",
    ]


def test_dict_config_makes_and_closes_its_own(options, sink):
    handler = {"class": "distributedlogs.handler.LogHandler", "level": "INFO", **options}
    logging.config.dictConfig(
        {
            "version": 1,
            "handlers": {"dlogs": handler},
            "loggers": {"tests.config": {"handlers": ["dlogs"], "level": 10}},
        }
    )
    log = logging.getLogger("tests.config")
    log.debug("below the handler's level")
    log.info("configured")
    handler = log.handlers[0]
    handler.flush()
    log.removeHandler(handler)
    handler.close()
    handler.close()
    assert sink.messages == ["configured"]


def test_flush_does_not_wait(options, logger, sink):
    sink.mode = "hang"
    handler = LogHandler(logger)
    handler.handle(logging.makeLogRecord({"msg": "m", "levelno": 20}))
    done = threading.Event()
    threading.Thread(target=lambda: (handler.flush(), done.set()), daemon=True).start()
    assert done.wait(10)
    sink.mode = "ok"
    sink.released.set()
