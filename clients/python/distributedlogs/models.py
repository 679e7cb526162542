"""What a stored record looks like to a program that reads it back. Nothing here is on the way of a log call."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (pydantic reads it at run time)
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class LogError(BaseModel):
    """An exception: its class, its text and its stack."""

    model_config = ConfigDict(frozen=True)

    type: str | None = None
    message: str | None = None
    stack: str | None = None


class LogEntry(BaseModel):
    """One record, as a row of `GET /api/logs` has it. `request_id` is its identity: stream and sequence number."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    timestamp: datetime = Field(validation_alias="time")
    level: Level
    message: str
    service: str = ""
    component: str = ""
    metadata: dict[str, Any] = {}
    request_id: str = Field(default="", validation_alias="id")
    event: str | None = None
    error: LogError | None = None
    language: str = ""
    environment: str = ""
    host: str = ""
    trace_id: str | None = None
    span_id: str | None = None
    logger: str | None = None
    thread: str | None = None


class LogBatch(BaseModel):
    """An answer of `GET /api/logs`: rows, newest first, and the cursor of the next page (None: there is none)."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    entries: list[LogEntry] = Field(validation_alias="rows")
    cursor: str | None = None
