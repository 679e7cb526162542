"""Logs through the OpenTelemetry SDK of Python; prints the rows that must come of it."""

import json
import logging
import sys
import time

from opentelemetry._logs import SeverityNumber
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider

told = "service.name=otel-python,service.namespace=shop,deployment.environment.name=test,host.name=web-1"
provider = LoggerProvider(resource=Resource.create(dict(pair.split("=") for pair in told.split(","))))
exporter = OTLPLogExporter(endpoint=f"{sys.argv[1]}/v1/logs", compression=Compression.Gzip)
provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
logger = logging.getLogger("billing.card")
logger.setLevel(logging.DEBUG)
logger.addHandler(LoggingHandler(logger_provider=provider))


def expect(message: str, **fields: object) -> None:
    """Prints a row that must come of it."""
    fields |= {"message": message, "service": "otel-python", "component": "shop", "environment": "test"}
    print(json.dumps(fields | {"host": "web-1", "language": "python"}, ensure_ascii=False))


names = {logging.DEBUG: "DEBUG", logging.INFO: "INFO", logging.WARNING: "WARNING", logging.CRITICAL: "CRITICAL"}
extra = {"order": 17, "ratio": 0.5, "ok": True}
for level, name in names.items():
    logger.log(level, "python says %s", name, extra=extra)
    expect(f"python says {name}", level=name, logger="billing.card", metadata=extra)

with TracerProvider().get_tracer("t").start_as_current_span("s") as span:
    logger.warning("python in a span: Ünïcödé 💳")
    context = span.get_span_context()
ids = {"trace_id": format(context.trace_id, "032x"), "span_id": format(context.span_id, "016x")}
expect("python in a span: Ünïcödé 💳", level="WARNING", **ids)

try:
    {}["missing"]
except KeyError:
    logger.exception("python failed")
expect("python failed", level="ERROR", error={"type": "KeyError", "message": "missing"})

body, at_ns = {"amount": 12.5, "items": ["a", 1]}, time.time_ns()
events = provider.get_logger("events", "1.2")
events.emit(timestamp=at_ns, event_name="python.paid", body=body, severity_number=SeverityNumber.ERROR4)
stored = {"body": body, "scope.version": "1.2"}
expect("python.paid", time_ns=str(at_ns), event="python.paid", level="ERROR", logger="events", metadata=stored)

for number in range(3000):
    logger.info("python many %d", number)
expect("python many 2999", level="INFO")
provider.shutdown()
