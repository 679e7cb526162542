"""Who speaks to the core: this library, its interpreter, and the program whose name a service without one gets."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from distributedlogs import _core


def told() -> dict[str, str]:
    """What the core is told beside the options."""
    return {
        "language": "python",
        "version": _core.__version__,
        "runtime": f"{platform.python_implementation()} {platform.python_version()}",
        "program": _program(),
    }


def _program() -> str:
    """The script, or the package that `python -m` runs; empty in a console and for `python -c`."""
    script = Path(sys.argv[0] if sys.argv else "")
    if not script.is_file():
        return ""
    return script.parent.name if script.name == "__main__.py" else script.stem
