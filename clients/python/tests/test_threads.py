"""Threads: order and completeness, no deadlock with close, bounded waits while the server hangs."""

from __future__ import annotations

import itertools
import threading
import time

from distributedlogs import DistributedLogger

LARGE = "x" * 10_000
TOO_MANY = 120


def in_threads(count, work):
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "a thread is stuck"


def test_eight_threads_lose_nothing_and_keep_their_order(logger, sink):
    def work(number):
        for n in range(1000):
            while not logger.info("m", {"thread": number, "n": n}):
                time.sleep(0.001)

    in_threads(8, work)
    assert logger.flush(20) == 0
    rows = sink.wait_for(8000)
    for number in range(8):
        mine = [row["metadata"]["n"] for row in rows if row["metadata"]["thread"] == number]
        assert mine == list(range(1000))


def test_close_while_others_log(options, sink):
    logger = DistributedLogger(**options)
    accepted = [0] * 4
    closed = threading.Event()

    def work(number):
        if number == 3:
            time.sleep(0.05)
            logger.close(5)
            closed.set()
            return
        while not closed.is_set():
            accepted[number] += logger.info("m", {"thread": number})
        logger.info("late")

    in_threads(4, work)
    stats = logger.stats()
    assert stats["accepted"] == sum(accepted) == stats["acked"] + stats["waiting"]
    assert stats["acked"] <= len(sink.rows) <= stats["accepted"]
    assert stats["refused"]["closed"] > 0


def test_close_from_many_threads_and_from_a_listener(options, sink):
    logger = DistributedLogger(**options)
    logger.on("batch_sent", lambda _: logger.close())
    logger.info("m")
    sink.wait_for(1)
    reports = []
    in_threads(8, lambda _: reports.append(logger.close()))
    assert len(set(reports)) == 1


def test_flush_and_close_are_bounded_while_the_server_hangs(options, sink):
    sink.mode = "hang"
    logger = DistributedLogger(**{**options, "shutdown_timeout_ms": 300})
    for _ in range(10):
        logger.info("m")
    started = time.monotonic()
    assert logger.flush(0.2) == 10
    assert 0.15 < time.monotonic() - started < 5
    assert logger.close().waiting == 10
    assert time.monotonic() - started < 8


def test_other_threads_run_while_one_waits(options, sink):
    sink.mode = "hang"
    logger = DistributedLogger(**options)
    logger.info("m")
    left = []
    waiting = threading.Thread(target=lambda: left.append(logger.flush(60)))
    waiting.start()
    for _ in range(10):
        time.sleep(0.005)
    # The server answers only after these ticks, however slow the machine is.
    assert waiting.is_alive()
    sink.mode = "ok"
    sink.released.set()
    waiting.join(30)
    logger.close()
    assert left == [0]


def test_a_call_is_fast_while_the_server_hangs(options, sink):
    sink.mode = "hang"
    logger = DistributedLogger(**{**options, "shutdown_timeout_ms": 100})
    logger.info("wake")
    times = []
    for _ in range(2000):
        began = time.perf_counter()
        logger.info("m", {"user_id": 1, "method": "oauth", "ms": 1.5})
        times.append(time.perf_counter() - began)
    logger.close()
    assert sorted(times)[len(times) // 2] < 0.001


def blocking(options, block_timeout_ms):
    """A logger that has room for less than `TOO_MANY` records of `LARGE`."""
    return DistributedLogger(
        **options,
        journal="memory",
        memory_max_bytes=1_048_576,
        overflow="block",
        block_timeout_ms=block_timeout_ms,
    )


def test_overflow_block_waits_without_the_gil(options, sink):
    sink.mode = 503
    logger = blocking(options, block_timeout_ms=60_000)
    ticks = itertools.count()
    stop = threading.Event()

    def tick():
        while not stop.wait(0.005):
            # Only this thread ends the wait: it must have run on meanwhile, however slow the machine is.
            if next(ticks) > 20:
                sink.mode = "ok"

    ticker = threading.Thread(target=tick)
    ticker.start()
    kept = 0
    for _ in range(TOO_MANY):
        ticks = itertools.count()
        kept += logger.info(LARGE)
    stop.set()
    ticker.join()
    assert (kept, sink.mode) == (TOO_MANY, "ok")
    logger.close()


def test_overflow_block_waits_no_longer_than_it_may(options, sink):
    sink.mode = 503
    logger = blocking(options, block_timeout_ms=100)
    kept = True
    while kept:
        began = time.monotonic()
        kept = logger.info(LARGE)
    assert 0.09 < time.monotonic() - began < 10
    assert logger.stats()["refused"]["journal_full"] == 1
    sink.mode = "ok"
    logger.close()
