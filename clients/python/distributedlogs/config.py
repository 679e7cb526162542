"""What a logger can be told: explicit, environment (DLOGS_*), dlogs.toml, default. The core resolves it, not this."""

from __future__ import annotations

import json
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from distributedlogs import _core, sdk
from distributedlogs.generated import levels


class LogConfig(BaseModel):
    """
    Every option of a logger, resolved when it is built; docs/options.md explains each one.

    What is not given comes from the environment (`DLOGS_ENDPOINT`), then from `dlogs.toml` or the file that
    `DLOGS_CONFIG` names, then from the default. A bad value raises `pydantic.ValidationError` (a `ValueError`) that
    names the option, its source and what is allowed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    endpoint: str = "http://localhost:5000/api/logs"
    service_name: str = ""
    component_name: str = ""
    environment: str = ""
    api_key: str = Field(default="", repr=False)
    level: str | int = "INFO"
    metadata: dict[str, Any] = {}
    batch_size: int = 100
    batch_interval_ms: int = 5000
    batch_max_bytes: int = 1_048_576
    journal: Literal["auto", "disk", "memory"] = "auto"
    journal_dir: str = ""
    journal_max_bytes: int = 268_435_456
    journal_max_age_days: int = 30
    memory_max_bytes: int = 16_777_216
    durability: Literal["process", "disk"] = "process"
    overflow: Literal["drop_newest", "block"] = "drop_newest"
    block_timeout_ms: int = 1000
    retry_initial_ms: int = 1000
    retry_max_ms: int = 30_000
    failed_after: int = 5
    request_timeout_ms: int = 10_000
    shutdown_timeout_ms: int = 2000
    compression: Literal["zstd", "gzip", "none"] = "zstd"
    heartbeat_ms: int = 10_000
    redact_keys: list[str] = []
    ca_file: str = ""

    @model_validator(mode="before")
    @classmethod
    def _resolve(cls, given: Any) -> Any:
        """Let the core fill in what was not given, and judge what was."""
        if not isinstance(given, dict):
            return given
        options = cast("dict[str, Any]", given)
        level = options.get("level")
        if isinstance(level, int) and level >= len(levels.NAMES):
            options = {**options, "level": levels.NAMES[min(level // 10, levels.CRITICAL)]}
        return json.loads(_core.resolve(json.dumps({**options, "sdk": sdk.told()}, default=str)))
