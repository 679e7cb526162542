"""`from python_lib.logger import DistributedLogger`, as the origin document has it."""

from distributedlogs.logger import DistributedLogger as DistributedLogger
