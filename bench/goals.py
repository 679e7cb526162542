"""Ours beside the best peer that delivers what it was given, and how far the goals are. Reads, measures nothing."""

from __future__ import annotations

from claims import LANGUAGES, verdict

# How many times the peer's: the time of a call, and the records delivered in a second.
CALL = {"python": 20, "java": 2.5, "node": 3, "dotnet": 2.5, "go": 3, "rust": 5}
DELIVERED = {"python": 30, "java": 4, "node": 4, "dotnet": 4, "go": 4, "rust": 5}
# A peer that drops a part of what it was given is no measure for the others.
DELIVERS_PCT = 99


def delivering(run: dict) -> dict[str, dict]:
    """The peers that deliver everything."""
    rows = run["medians"]
    return {who: row for who, row in rows.items() if not who.startswith(("ours", "noop")) and row["delivered_pct"] >= DELIVERS_PCT}


def call(run: dict) -> tuple[float, str] | None:
    """How many times our call the cheapest one of a delivering peer is, and whose that is."""
    ratios = [(row["net_p50_ns_to_ours"], who) for who, row in delivering(run).items()]
    return min(ratios, default=None)


def delivered(run: dict) -> tuple[float, str] | None:
    """How many times as much as the best delivering peer ours delivers, and who that is."""
    ratios = [(1 / row["delivered_per_s_to_ours"], who) for who, row in delivering(run).items()]
    return min(ratios, default=None)


def cell(found: tuple[float, str] | None, goal: float) -> str:
    """A ratio beside its goal."""
    if found is None:
        return "–"
    ratio, who = found
    return f"{ratio:.1f} ({who}), {verdict(met=ratio >= goal)}"


def goals(runs: dict) -> list[str]:
    """The table."""
    lines = [
        "## The goals",
        "",
        f"Times better than the best peer that delivered at least {DELIVERS_PCT} % of what it was given in that workload.",
        "A call of such a peer keeps its arguments in memory; when a call of ours returns, the record lies in a file that survives",
        "the process.",
        "",
        "| language | wanted | call, while records flow | call, flat out | wanted | delivered |",
        "|---|---:|---|---|---:|---|",
    ]
    for language in LANGUAGES:
        paced, flood = runs.get(f"{language}/paced"), runs.get(f"{language}/flood")
        cells = [
            cell(paced and call(paced), CALL[language]),
            cell(flood and call(flood), CALL[language]),
            cell(flood and delivered(flood), DELIVERED[language]),
        ]
        lines.append(f"| {language} | {CALL[language]} | {cells[0]} | {cells[1]} | {DELIVERED[language]} | {cells[2]} |")
    return [*lines, ""]
