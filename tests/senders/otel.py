"""Logs through the OpenTelemetry SDK of Python; prints the rows that must come of it."""

import json
import logging
import sys

from opentelemetry._logs import SeverityNumber
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider

url = sys.argv[1]
resource = Resource.create(
    {"service.name": "otel-python", "service.namespace": "shop", "deployment.environment.name": "test", "host.name": "web-1"}
)
provider = LoggerProvider(resource=resource)
exporter = OTLPLogExporter(endpoint=f"{url}/v1/logs", compression=Compression.Gzip)
provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
logger = logging.getLogger("billing.card")
logger.setLevel(logging.DEBUG)
logger.addHandler(LoggingHandler(logger_provider=provider))


def expect(message: str, **fields: object) -> None:
    common = {"service": "otel-python", "component": "shop", "environment": "test", "host": "web-1", "language": "python"}
    print(json.dumps({"message": message, **common, **fields}, ensure_ascii=False))


for level, name in [(logging.DEBUG, "DEBUG"), (logging.INFO, "INFO"), (logging.WARNING, "WARNING"), (logging.CRITICAL, "CRITICAL")]:
    logger.log(level, "python says %s", name, extra={"order": 17, "ratio": 0.5, "ok": True})
    expect(f"python says {name}", level=name, logger="billing.card", metadata={"order": 17, "ratio": 0.5, "ok": True})

with TracerProvider().get_tracer("t").start_as_current_span("s") as span:
    logger.warning("python in a span: Ünïcödé 💳")
    context = span.get_span_context()
expect(
    "python in a span: Ünïcödé 💳",
    level="WARNING",
    trace_id=format(context.trace_id, "032x"),
    span_id=format(context.span_id, "016x"),
)

try:
    {}["missing"]
except KeyError:
    logger.exception("python failed")
expect("python failed", level="ERROR", error={"type": "KeyError", "message": "'missing'"})

provider.get_logger("events", "1.2").emit(
    event_name="order.paid", body={"amount": 12.5, "items": ["a", 1]}, severity_number=SeverityNumber.ERROR4
)
expect("order.paid", event="order.paid", level="ERROR", logger="events", metadata={"body": {"amount": 12.5, "items": ["a", 1]}, "scope.version": "1.2"})

for number in range(3000):
    logger.info("python many %d", number)
expect("python many 2999", level="INFO")

provider.shutdown()
