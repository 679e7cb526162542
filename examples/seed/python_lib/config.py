"""`from python_lib.config import LogConfig`, as the origin document has it."""

from distributedlogs.config import LogConfig as LogConfig
