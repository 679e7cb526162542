"""Tables of ours beside its peers, from published results. Reads, measures nothing."""

from __future__ import annotations

from claims import LANGUAGES

WORKLOADS = {
    "paced": "How long a call takes while records flow",
    "flood": "As fast as calls return",
    "slow": "A thousand records a second",
    "outage": "The server is away for the first 10 seconds",
}
COLUMNS = {
    "paced": ("p50_ns", "p99_ns", "p999_ns", "over_1ms", "net_p50_ns", "net_p50_ns_to_ours"),
    "flood": ("delivered_pct", "delivered_per_s", "delivered_per_s_to_ours", "cpu_s_per_m", "cpu_s_per_m_to_ours", "rss_mb"),
    "slow": ("requests_per_m", "bytes_per_record", "cpu_s_per_m", "rss_mb"),
    "outage": ("p50_ns", "p999_ns", "over_1ms", "delivered_pct", "rss_mb"),
}
TITLES = {
    "p50_ns": ("p50 ns", 0),
    "p99_ns": ("p99 ns", 0),
    "p999_ns": ("p99.9 ns", 0),
    "over_1ms": ("calls > 1 ms", 0),
    "net_p50_ns": ("net p50 ns", 0),
    "net_p50_ns_to_ours": ("net p50, times ours", 2),
    "delivered_pct": ("% delivered", 1),
    "delivered_per_s": ("delivered/s", 0),
    "delivered_per_s_to_ours": ("delivered, times ours", 3),
    "cpu_s_per_m": ("CPU s/million", 2),
    "cpu_s_per_m_to_ours": ("CPU, times ours", 2),
    "rss_mb": ("MB", 1),
    "requests_per_m": ("requests/million", 0),
    "bytes_per_record": ("bytes/record", 0),
}
QUESTIONS = {
    "rare": "a rare word over all, ms",
    "histogram": "levels over all, ms",
    "newest": "newest 100 of a service, ms",
}
STORED = {
    "bytes_per_record": ("bytes a record, on disk", 1),
    "per_cpu_s": ("records a CPU-second, merges not counted", 0),
    "per_s": ("records a second, acknowledged", 0),
    "peak_mb": ("peak resident memory under load, MB", 0),
}


def cell(value: float | None, digits: int) -> str:
    """A number, or a dash."""
    return "–" if value is None else f"{value:,.{digits}f}"


def workload(name: str, runs: dict) -> list[str]:
    """One workload in all languages in which it was run."""
    languages = [language for language in LANGUAGES if f"{language}/{name}" in runs]
    if not languages:
        return []
    columns = [(key, *TITLES[key]) for key in COLUMNS[name]]
    head = "| language | who | " + " | ".join(title for _, title, _ in columns) + " |"
    lines = ["", f"## {WORKLOADS[name]}", "", head, "|---|---|" + "---:|" * len(columns)]
    for language in languages:
        run = runs[f"{language}/{name}"]
        shown = f"{language}, {run['rounds']} rounds"
        for who, row in run["medians"].items():
            lines.append(f"| {shown} | {who} | " + " | ".join(cell(row.get(key), digits) for key, _, digits in columns) + " |")
            shown = ""
    return lines


def store(told: dict) -> list[str]:
    """The store beside its peers."""
    names = [system["name"] for system in told["systems"]]
    lines = [
        "",
        "## The store",
        "",
        f"{told['records']:,} records; what each row means is told in [bench/README.md](bench/README.md#the-store).",
        "",
    ]
    lines += ["| | " + " | ".join(names) + " | goal |", "|---|" + "---:|" * (len(names) + 1)]
    for key, (title, digits) in STORED.items():
        cells = [cell(system.get(key), digits) for system in told["systems"]]
        lines.append(f"| {title} | " + " | ".join(cells) + f" | {goal(told, key)} |")
    for key, title in QUESTIONS.items():
        cells = [cell(system["questions"].get(key, {}).get("median_ms"), 1) for system in told["systems"]]
        lines.append(f"| {title} | " + " | ".join(cells) + f" | {goal(told, key)} |")
    return lines


def goal(told: dict, key: str) -> str:
    """What was aimed at; more is better of what is counted by the second."""
    value = told["goals"].get(key)
    return "–" if value is None else f"{'≥' if key.startswith('per_') else '≤'} {value:,}"
