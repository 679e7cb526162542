"""The package name of the origin document; the library is `distributedlogs`."""

from distributedlogs import *  # noqa: F403
