"""A row for every claim of the document's section on performance, with the figures that were measured. Reads, measures nothing."""

from __future__ import annotations

LANGUAGES = ("python", "java", "node", "dotnet", "go", "rust")

# What the document says of a library, as numbers.
THROUGHPUT_PER_S = 1_000
LATENCY_NS = 1_000_000
MEMORY_MB = 50
DELIVERED_PCT = 99.9
FEWER_REQUESTS_PCT = 90
# The last tenth of the journal is kept for WARNING and above.
FOR_ALL = 0.9


def verdict(*, met: bool) -> str:
    """In a cell."""
    return "met" if met else "**missed**"


def ours(runs: dict, language: str, workload: str) -> dict | None:
    """Our medians of a workload, or nothing where it was not run."""
    run = runs.get(f"{language}/{workload}")
    return run and run["medians"]["ours"]


def throughput(runs: dict, language: str) -> str | None:
    """Records at the sink each second, as fast as calls return."""
    row = ours(runs, language, "flood")
    return row and f"{row['delivered_per_s']:,.0f} delivered/s, {verdict(met=row['delivered_per_s'] >= THROUGHPUT_PER_S)}"


def latency(runs: dict, language: str) -> str | None:
    """A call while records flow."""
    row = ours(runs, language, "paced")
    if row is None:
        return None
    calls = runs[f"{language}/paced"].get("calls")
    of = f" of {calls:,}" if calls else ""
    quantiles = f"p50 {row['p50_ns']:,.0f} ns, p99.9 {row['p999_ns']:,.0f} ns"
    return f"{quantiles}, {row['over_1ms']:g}{of} calls above 1 ms, {verdict(met=row['p999_ns'] < LATENCY_NS)}"


def memory(runs: dict, language: str) -> str | None:
    """With what waits while the server is away."""
    row = ours(runs, language, "outage")
    return row and f"{row['rss_mb']:.1f} MB above a process that does not log, {verdict(met=row['rss_mb'] < MEMORY_MB)}"


def reliability(runs: dict, language: str, options: dict) -> str | None:
    """What arrived after the outage, and how long one may be until the journal is full."""
    row = ours(runs, language, "outage")
    if row is None:
        return None
    said = f"{row['delivered_pct']:.3f} % arrived, {verdict(met=row['delivered_pct'] >= DELIVERED_PCT)}"
    run = runs[f"{language}/outage"]
    if row.get("journal_bytes"):
        record = row["journal_bytes"] / run["calls"]
        room = options["journal_max_bytes"]["default"] * FOR_ALL
        minutes = room / record / THROUGHPUT_PER_S / 60
        said += f"; {record:.0f} bytes a record in the journal, so {minutes:.0f} min without a server at 1,000 records/s fit into "
        said += "`journal_max_bytes`"
    return said


def network(runs: dict, language: str) -> str | None:
    """Requests of a thousand records a second, against one request a record."""
    row = ours(runs, language, "slow")
    if row is None:
        return None
    fewer = 100 * (1 - row["requests_per_m"] / 1e6)
    return f"{fewer:.2f} % fewer requests, {row['bytes_per_record']:.0f} bytes a record, {verdict(met=fewer >= FEWER_REQUESTS_PCT)}"


def claims(runs: dict, options: dict) -> list[str]:
    """The table."""
    rows = (
        ("Throughput: 1,000+ logs per second", throughput),
        ("Latency: calls return in under 1 ms", latency),
        ("Memory: less than 50 MB, buffered logs included", memory),
        (
            "Reliability: 99.9 % delivered (100,000 records, the server away for the first 10 s)",
            lambda *of: reliability(*of, options),
        ),
        ("Network: 90 % fewer calls (1,000 records/s)", network),
    )
    lines = ["| claim | language | measured |", "|---|---|---|"]
    for title, figure in rows:
        for number, language in enumerate(LANGUAGES):
            lines.append(f"| {'' if number else title} | {language} | {figure(runs, language) or 'not measured yet'} |")
    return [*lines, ""]
