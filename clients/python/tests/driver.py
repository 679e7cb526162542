"""The Python driver of spec/cases: translates JSON lines into calls. Decides, waits for and checks nothing."""

from __future__ import annotations

import base64
import decimal
import json
import os
import struct
import sys
import uuid
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

from distributedlogs import DistributedLogger

loggers: dict[str, DistributedLogger] = {}
heard: dict[str, list[dict[str, Any]]] = {}

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Color(Enum):
    RED = "RED"


class Own:
    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


class Throws:
    def __str__(self) -> str:
        raise ValueError("no text here")


class Logs:
    def __init__(self, logger: DistributedLogger) -> None:
        self.logger = logger

    def __str__(self) -> str:
        self.logger.info("from inside")
        return "logged"


def deep(depth: int) -> Any:
    inside: Any = "end"
    for _ in range(depth):
        inside = {"d": inside}
    return inside


def cycle(_: Any) -> Any:
    around: dict[str, Any] = {}
    around["self"] = around
    return around


SPECIAL: dict[str, Any] = {
    "$i64": int,
    "$u64": int,
    "$f64": float,
    "$big": int,
    "$decimal": decimal.Decimal,
    "$bytes": base64.b64decode,
    "$time_ns": lambda text: EPOCH + timedelta(microseconds=int(text) // 1000),
    "$utf16": lambda units: struct.pack(f"<{len(units)}H", *units).decode("utf-16-le", "surrogatepass"),
    "$raw": lambda text: base64.b64decode(text).decode("utf-8", "replace"),
    "$repeat": lambda pair: pair[0] * pair[1],
    "$list": lambda pair: [pair[1]] * pair[0],
    "$keys": lambda count: {f"k{n}": n for n in range(1, count + 1)},
    "$deep": deep,
    "$cycle": cycle,
    "$throws": lambda _: Throws(),
    "$uuid": uuid.UUID,
    "$enum": Color,
    "$date": date.fromisoformat,
    "$duration_ms": lambda ms: timedelta(milliseconds=ms),
    "$set": set,
    "$tuple": tuple,
    "$map": dict,
    "$own": Own,
    "$error": RuntimeError,
    "$function": lambda _: deep,
}


def value(written: Any, logger: DistributedLogger, number: int) -> Any:
    """What a written value stands for."""
    if isinstance(written, list):
        return [value(one, logger, number) for one in written]
    if not isinstance(written, dict):
        return written
    if len(written) == 1:
        (name, inside), *_ = written.items()
        if name == "$n":
            return number
        if name == "$logs":
            return Logs(logger)
        if name in SPECIAL:
            return SPECIAL[name](inside)
    return {key: value(one, logger, number) for key, one in written.items()}


def calls(request: dict[str, Any], logger: DistributedLogger, text: Any, verb: Any) -> None:
    """One verb, `count` times."""
    for number in range(1, request.get("count", 1) + 1):
        message = text.replace("{n}", str(number)) if isinstance(text, str) else value(text, logger, number)
        if request.get("fields") is None:
            verb(message)
        else:
            verb(message, value(request["fields"], logger, number))


def opened(request: dict[str, Any]) -> dict[str, Any]:
    name = request.get("as", "main")
    logger = DistributedLogger(**request.get("config", {}))
    events: list[dict[str, Any]] = []
    logger.on("*", events.append)
    loggers[name], heard[name] = logger, events
    return {}


def forked(request: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            json.dump([answer(step) for step in request["steps"]], out)
        sys.exit(0)
    os.close(writing)
    with os.fdopen(reading) as out:
        text = out.read()
    _, status = os.waitpid(child, 0)
    return {"code": os.waitstatus_to_exitcode(status), "answers": json.loads(text or "[]")}


def perform(request: dict[str, Any]) -> dict[str, Any]:
    """One op."""
    op = request["op"]
    if op == "hello":
        return {"language": "python", "can": ["fork", "block"]}
    if op == "open":
        return opened(request)
    if op == "fork":
        return forked(request)
    if op == "exit":
        sys.exit(request.get("code", 0))
    on = request.get("on", "main")
    logger = loggers[on]
    timeout_s = request["timeout_ms"] / 1000 if "timeout_ms" in request else None
    if op == "start":
        logger.start()
    elif op == "log":
        calls(request, logger, request["message"], getattr(logger, request["level"].lower()))
    elif op == "custom":
        calls(request, logger, request["event"], logger.custom)
    elif op == "child":
        loggers[request["as"]] = logger.child(value(request["fields"], logger, 1))
        heard[request["as"]] = heard[on]
    elif op == "enabled":
        return {"value": logger.is_enabled_for(request["level"])}
    elif op == "set_level":
        logger.level = request["level"]
    elif op == "flush":
        return {"waiting": logger.flush(timeout_s)}
    elif op == "close":
        return logger.close(timeout_s)._asdict()
    elif op == "stats":
        return {"stats": logger.stats()}
    elif op == "state":
        return {"state": logger.state, "activity": logger.activity}
    elif op == "events":
        return {"events": heard[on]}
    else:
        raise ValueError(f"unknown op {op}")
    return {}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"ok": True, **perform(request)}
    except Exception as error:  # noqa: BLE001 (whatever the user would see)
        return {"ok": False, "error": str(error)}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
