"""What must never happen: an exception, a deadlock, a panic, whatever the fields do while they are read."""

from __future__ import annotations

import signal
import sys
import threading
import weakref

import pytest


def test_a_field_that_logs(logger, sink):
    class Logs:
        def __str__(self) -> str:
            logger.info("from inside", {"deep": 1})
            return "logged"

    assert logger.info("outside", {"before": "x", "it": Logs(), "after": "y"})
    inside, outside = sink.wait_for(2)
    assert (inside["message"], inside["metadata"]) == ("from inside", {"deep": 1})
    assert outside["metadata"] == {"before": "x", "it": "logged", "after": "y"}


def test_a_field_that_logs_itself_ends(logger, sink):
    class LogsItself:
        def __str__(self) -> str:
            logger.info(self, me=self)
            return "done"

    assert logger.info("start", {"it": LogsItself()})
    assert logger.flush(10) == 0
    assert 1 < len(sink.rows) < 100
    assert sink.messages[-1] == "start"


@pytest.mark.parametrize("change", ["clear", "grow", "replace"])
def test_a_field_that_changes_its_dict(logger, sink, change):
    class Changes:
        def __str__(self) -> str:
            if change == "clear":
                fields.clear()
            elif change == "grow":
                fields.update({str(n): n for n in range(1000)})
            else:
                fields["inner"] = None
            return "changed"

    fields = {"a": 1, "inner": {"x": Changes(), "y": 2}, "it": Changes(), "z": 3}
    assert logger.info("m", fields)
    (row,) = sink.wait_for(1)
    assert row["metadata"] == {"a": 1, "inner": {"x": "changed", "y": 2}, "it": "changed", "z": 3}


def test_a_field_that_changes_its_list(logger, sink):
    class Changes:
        def __str__(self) -> str:
            items.clear()
            return "changed"

    items: list[object] = [1, Changes(), 3]
    assert logger.info("m", {"items": items})
    assert sink.wait_for(1)[0]["metadata"] == {"items": [1, "changed"]}


def test_lone_surrogates_everywhere(logger, sink):
    assert logger.info("a\ud800", {"k\udc00": "v\udfff"}, **{"n\ud800": 1})
    (row,) = sink.wait_for(1)
    assert (row["message"], row["metadata"]) == ("a\ufffd", {"k\ufffd": "v\ufffd", "n\ufffd": 1})


def test_odd_messages(logger, sink):
    class Throws:
        def __str__(self) -> str:
            raise RuntimeError

    for message in (None, 5, b"x", ["a"], Throws(), ValueError("v")):
        assert logger.info(message)
    assert [row["message"] for row in sink.wait_for(6)] == [
        "None", "5", "b'x'", "['a']", "<Throws: str() raised RuntimeError>", "v",
    ]  # fmt: skip


def test_ctrl_c_inside_a_field_is_raised_after_the_record_is_kept(logger, sink, capfd):
    # A shell that starts the tests in the background has them ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    class Interrupted:
        def __str__(self) -> str:
            raise KeyboardInterrupt

    def log() -> bool:
        kept = logger.info("m", {"it": Interrupted(), "after": 1})
        for _ in range(1000):
            pass
        return kept

    with pytest.raises(KeyboardInterrupt):
        log()
    signal.signal(signal.SIGINT, before)
    assert sink.wait_for(1)[0]["metadata"]["after"] == 1
    assert capfd.readouterr().err == ""


def test_recursion_at_the_limit(logger):
    def dive(depth: int) -> int:
        try:
            return dive(depth + 1)
        except RecursionError:
            logger.info("deep", {"depth": depth, "it": object()})
            return depth

    assert dive(0) > 100
    assert logger.stats()["accepted"] >= 1


def test_logging_from_a_finalizer(logger, sink):
    class Thing:
        pass

    thing = Thing()
    weakref.finalize(thing, logger.info, "gone", {"why": "collected"})
    del thing
    assert sink.wait_for(1)[0]["message"] == "gone"


def test_logging_from_threads_that_end(logger, sink):
    local = threading.local()

    class LogsAtThreadEnd:
        def __del__(self) -> None:
            logger.info("thread over")

    def work() -> None:
        local.it = LogsAtThreadEnd()
        logger.info("thread")

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row["message"] for row in sink.wait_for(40)) == ["thread"] * 20 + ["thread over"] * 20


def test_no_reference_leaks(logger):
    fields = {"text": "a" * 50, "list": [1, 2], "object": object(), "time": 12345678}
    kept = list(fields.values())
    for _ in range(100):
        logger.info("warm", fields)
    before = [sys.getrefcount(value) for value in kept], sys.getrefcount(fields)
    for _ in range(1000):
        logger.info("m", fields)
        logger.info("m", fields, extra=kept)
        logger.custom("m", **fields)
    assert ([sys.getrefcount(value) for value in kept], sys.getrefcount(fields)) == before
