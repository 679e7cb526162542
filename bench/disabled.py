"""What a call costs whose level is off. Each language's load measures, in one process and in turns; this asks it, and tells."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from claims import LANGUAGES, verdict

HERE = Path(__file__).parent
CALLS = 1_000_000
# Nanoseconds of ours, and that it costs no more than the best logger's; what a loop around nothing takes is off.
GOALS_NS = {"python": 30, "java": 8, "node": 5, "dotnet": 2, "go": 2}
# Of two that cost the same one is ahead by chance.
SAME_NS = 1


def measure(load: list[str]) -> dict[str, float]:
    """Nanoseconds a call of each in turn, that of `nothing` taken off."""
    with tempfile.TemporaryDirectory(prefix="dlogs-bench-") as scratch:
        command = [*load, "disabled", str(CALLS), scratch]
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=HERE).stdout
    table = json.loads(told.splitlines()[-1])
    nothing = table.pop("nothing")
    return {who: max(ns - nothing, 0) for who, ns in table.items()}


def disabled(runs: dict) -> list[str]:
    """The table."""
    languages = [language for language in LANGUAGES if f"{language}/disabled" in runs]
    if not languages:
        return []
    lines = ["", "## A level that is off", "", "Nanoseconds a call, the loop around it taken off.", ""]
    lines += ["| language | ours | goal | the best peer, alike | others, and ours with more |", "|---|---:|---|---|---|"]
    for language in languages:
        medians = {who: row["ns"] for who, row in runs[f"{language}/disabled"]["medians"].items()}
        ours, goal = medians.pop("ours"), GOALS_NS[language]
        alike = {who: ns for who, ns in medians.items() if "," not in who}
        peer = min(alike, key=alike.get)
        goals = f"≤ {goal}, {verdict(met=ours <= goal)}; the best peer's, {verdict(met=ours <= alike[peer] + SAME_NS)}"
        others = "; ".join(f"{who} {ns:.1f}" for who, ns in medians.items() if who != peer)
        lines.append(f"| {language} | {ours:.1f} | {goals} | {peer} {alike[peer]:.1f} | {others} |")
    return lines
