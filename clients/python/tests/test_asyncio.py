"""asyncio: flushing and closing do not hold up the event loop."""

from __future__ import annotations

import asyncio
import time

from distributedlogs import DistributedLogger


def test_async_with(options, sink):
    async def main() -> None:
        async with DistributedLogger(**options) as logger:
            logger.info("inside")
            assert await logger.flush_async(10) == 0

    asyncio.run(main())
    assert sink.messages == ["inside"]


def test_the_loop_runs_on_while_the_server_hangs(options, sink):
    sink.mode = "hang"

    async def main() -> tuple[bool, int]:
        logger = DistributedLogger(**options)
        logger.info("m")
        flushing = asyncio.create_task(logger.flush_async(60))
        for _ in range(10):
            await asyncio.sleep(0.01)
        # The server answers only after these ticks, however slow the machine is.
        waits = not flushing.done()
        sink.mode = "ok"
        sink.released.set()
        left = await flushing
        await logger.close_async()
        return waits, left

    assert asyncio.run(main()) == (True, 0)


def test_flushing_and_closing_are_bounded_while_the_server_hangs(options, sink):
    sink.mode = "hang"

    async def main() -> tuple[int, int]:
        logger = DistributedLogger(**options)
        logger.info("m")
        left = await logger.flush_async(0.1)
        report = await logger.close_async(0.1)
        return left, report.waiting

    started = time.monotonic()
    assert asyncio.run(main()) == (1, 1)
    assert time.monotonic() - started < 10


def test_many_tasks(logger, sink):
    async def work(number: int) -> None:
        for step in range(10):
            logger.info("m", {"task": number, "step": step})
            await asyncio.sleep(0)

    async def main() -> None:
        await asyncio.gather(*(work(number) for number in range(50)))

    asyncio.run(main())
    rows = sink.wait_for(500)
    assert len({(row["metadata"]["task"], row["metadata"]["step"]) for row in rows}) == 500
