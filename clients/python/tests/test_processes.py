"""Processes: exit, fork with threads, multiprocessing, prefork servers. Nothing is lost, doubled or stuck."""

from __future__ import annotations

import os
import sys
import time

import pytest

from distributedlogs import DistributedLogger

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork")


def test_exit_without_close(run, sink):
    run("""
        logger = DistributedLogger(**options)
        for n in range(250):
            logger.info("m", {"n": n})
    """)
    assert [row["metadata"]["n"] for row in sink.rows.values()] == list(range(250))


def test_exit_in_every_way(run, sink, options):
    run("""
        import sys
        DistributedLogger(**options).info("sys.exit")
        sys.exit(3)
    """, code=3)  # fmt: skip
    assert sink.messages == ["sys.exit"]
    run("""
        import os
        DistributedLogger(**options).info("os._exit")
        os._exit(4)
    """, code=4)  # fmt: skip
    # What os._exit left behind is sent by the next start, and it stays here until it has done so.
    with DistributedLogger(**options) as adopter:
        adopter.info("adopter")
        sink.wait_for(3)
    assert sorted(sink.messages) == ["adopter", "os._exit", "sys.exit"]


def test_exit_while_the_server_hangs_is_bounded(run, sink):
    sink.mode = "hang"
    # A hook of the program's own runs before the loggers are closed: only who outlives it sees when it has ended.
    began = run("""
        import time
        print(time.monotonic())
        for name in "abc":
            logger = DistributedLogger(**{**options, "service_name": name, "shutdown_timeout_ms": 300})
            logger.on("*", lambda event: None)
            logger.info("m")
    """)
    assert time.monotonic() - float(began) < 10


def test_exit_with_a_busy_daemon_thread_and_listener(run, sink):
    run("""
        import threading, time
        # How much the threads log depends on the machine: all of it need not be sent before the program may end.
        logger = DistributedLogger(**{**options, "shutdown_timeout_ms": 2000})
        logger.on("*", lambda event: [0] * 1000)
        def work():
            while True:
                logger.info("m", {"x": object()})
        for _ in range(3):
            threading.Thread(target=work, daemon=True).start()
        while logger.stats()["acked"] == 0:
            time.sleep(0.01)
    """)
    assert sink.rows


def test_logging_while_the_interpreter_goes_down(run, sink):
    run("""
        import atexit
        logger = DistributedLogger(**options)
        class Late:
            def __del__(self):
                logger.info("too late to be kept, not too late to be called")
        late = Late()
        atexit.register(lambda: logger.info("in an exit hook that runs before ours"))
        logger.info("m")
    """)
    assert sink.messages == ["m", "in an exit hook that runs before ours"]


@needs_fork
def test_fork_with_threads_that_log(run, sink):
    run("""
        import os, threading
        logger = DistributedLogger(**options)
        stop = threading.Event()
        def work(number):
            n = 0
            while not stop.is_set():
                n += 1
                # No segment may be ready yet: that is refused, and then it is tried again.
                while not logger.info("parent", {"thread": number, "n": n}):
                    stop.wait(0.0005)
                stop.wait(0.0005)
        threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        children = []
        for child in range(20):
            pid = os.fork()
            if pid == 0:
                ok = logger.info("child", {"child": child}) and logger.flush(10) == 0
                os._exit(0 if ok else 1)
            children.append(pid)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
        stop.set()
        for thread in threads:
            thread.join()
        assert codes == [0] * 20, codes
    """)
    rows = list(sink.rows.values())
    children = [row["metadata"]["child"] for row in rows if row["message"] == "child"]
    assert sorted(children) == list(range(20))
    parents = [(row["metadata"]["thread"], row["metadata"]["n"]) for row in rows if row["message"] == "parent"]
    assert len(parents) == len(set(parents))
    for thread in range(3):
        mine = sorted(n for number, n in parents if number == thread)
        assert mine == list(range(1, len(mine) + 1))


@needs_fork
def test_a_listener_hears_in_the_child(run, sink):
    run("""
        import os, threading
        logger = DistributedLogger(**options)
        heard = threading.Event()
        logger.on("batch_sent", lambda event: heard.set())
        logger.info("parent")
        assert heard.wait(10)
        heard.clear()
        pid = os.fork()
        if pid == 0:
            logger.info("child")
            os._exit(0 if heard.wait(10) else 1)
        assert os.waitpid(pid, 0)[1] == 0
    """)


@needs_fork
def test_a_child_that_never_logs_is_silent_and_quick(run, sink):
    run("""
        import os, time
        logger = DistributedLogger(**options)
        logger.info("parent")
        pid = os.fork()
        if pid == 0:
            raise SystemExit(0)
        assert os.waitpid(pid, 0)[1] == 0
        assert logger.flush(10) == 0
    """)
    assert sink.messages == ["parent"]


METHODS = ["fork", "spawn", "forkserver"] if hasattr(os, "fork") else ["spawn"]


@pytest.mark.parametrize("method", METHODS)
def test_multiprocessing_delivers_without_close(run, sink, method):
    run(f"""
        import multiprocessing
        logger = None
        def work(number):
            global logger
            if logger is None:
                logger = DistributedLogger(**options)
            logger.info("child", {{"number": number}})
        if __name__ == "__main__":
            if {method!r} == "fork":
                logger = DistributedLogger(**options)
                logger.info("parent")
            context = multiprocessing.get_context({method!r})
            children = [context.Process(target=work, args=(number,)) for number in range(4)]
            for child in children:
                child.start()
            for child in children:
                child.join()
            assert [child.exitcode for child in children] == [0] * 4
    """)
    numbers = [row["metadata"]["number"] for row in sink.rows.values() if row["message"] == "child"]
    assert sorted(numbers) == [0, 1, 2, 3]


@needs_fork
def test_prefork_server(run, sink, options):
    """As gunicorn with preload: the master logs, forks workers, restarts one that dies, ends them with SIGTERM."""
    run("""
        import os, signal, sys, time
        logger = DistributedLogger(**options)
        logger.info("master starts")
        done, tell = os.pipe()
        def worker(number):
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            for n in range(50):
                logger.info("request", {"worker": number, "n": n})
            if number == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            os.write(tell, b".")
            while True:
                time.sleep(0.01)
        def spawn(number):
            pid = os.fork()
            if pid == 0:
                worker(number)
            return pid
        workers = {spawn(number): number for number in range(3)}
        dead, _ = os.wait()
        assert workers.pop(dead) == 0
        workers[spawn(3)] = 3
        for _ in workers:
            assert os.read(done, 1) == b"."
        logger.info("master ends")
        for pid in workers:
            os.kill(pid, signal.SIGTERM)
        for pid in workers:
            assert os.waitpid(pid, 0)[1] == 0
        sys.exit(0)
    """)
    # The killed worker's records are in its journal. The next start sends them, and stays here until it has done so.
    with DistributedLogger(**options) as adopter:
        adopter.info("next start")
        rows = sink.wait_for(4 * 50 + 3)
    requests = [(r["metadata"]["worker"], r["metadata"]["n"]) for r in rows if r["message"] == "request"]
    assert sorted(requests) == [(worker, n) for worker in range(4) for n in range(50)]
    assert sink.messages.count("master starts") == sink.messages.count("master ends") == 1


@needs_fork
def test_daemonizing_closes_every_descriptor(run, sink):
    run("""
        import os
        logger = DistributedLogger(**options)
        logger.info("parent")
        pid = os.fork()
        if pid == 0:
            os.setsid()
            os.closerange(3, 4096)
            ok = logger.info("daemon") and logger.flush(10) == 0
            os._exit(0 if ok else 1)
        assert os.waitpid(pid, 0)[1] == 0
    """)
    assert sorted(sink.messages) == ["daemon", "parent"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python warns of threads at fork since 3.12")
def test_no_thread_before_the_first_record(run, sink):
    run("""
        import os, warnings
        warnings.simplefilter("error")
        logger = DistributedLogger(**options)
        pid = os.fork()
        if pid == 0:
            logger.info("child")
            raise SystemExit(0)
        assert os.waitpid(pid, 0)[1] == 0
    """)
    assert sink.messages == ["child"]


def test_importing_starts_no_thread(run):
    run("""
        import pathlib, sys
        logger = DistributedLogger(**options)
        tasks = pathlib.Path("/proc/self/task")
        assert not tasks.exists() or len(list(tasks.iterdir())) == 1
        assert "multiprocessing" not in sys.modules
    """)


def test_a_service_without_a_name_is_called_like_its_script(run, tmp_path):
    run("DistributedLogger(**{**options, 'service_name': ''}).info('m')")
    assert [folder.name.rsplit("-", 1)[0] for folder in (tmp_path / "journal").iterdir()] == ["program"]
