"""A graceful shutdown: SIGTERM ends the work, then the logger is closed, within a limit."""

import signal
import threading

from distributedlogs import DistributedLogger

stopping = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopping.set())
signal.signal(signal.SIGINT, lambda *_: stopping.set())

logger = DistributedLogger(service_name="worker")
logger.info("Worker started")
while not stopping.wait(timeout=0.2):
    logger.info("Working")
logger.info("Worker stops")

report = logger.close(timeout_s=5)
print(f"sent {report.sent}, left {report.waiting} for the next start, lost {report.lost}")
