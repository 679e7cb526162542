//! Python: levels, losses and options as plain tables, checked by mypy like everything else there.

use std::fmt::Write as _;

use super::Generated;
use super::spec::{Levels, Losses, Opt, Reason, Spec};

pub(crate) fn files(spec: &Spec) -> Vec<Generated> {
    let folder = "\"\"\"Tables of spec/, written by `cargo xtask gen`; nothing here is edited by hand.\"\"\"\n";
    vec![
        Generated {
            path: "clients/python/distributedlogs/generated/__init__.py",
            text: folder.to_owned(),
        },
        Generated {
            path: "clients/python/distributedlogs/generated/levels.py",
            text: levels(&spec.levels),
        },
        Generated {
            path: "clients/python/distributedlogs/generated/losses.py",
            text: losses(&spec.losses),
        },
        Generated {
            path: "clients/python/distributedlogs/generated/options.py",
            text: options(&spec.options),
        },
    ]
}

fn levels(levels: &Levels) -> String {
    let mut out = head("spec/levels.toml");
    out += "\nfrom typing import Final\n\n";
    for level in &levels.level {
        let _ = writeln!(out, "#: {}\n{}: Final = {}", level.sentence, level.name, level.number);
    }
    out += "\n#: Names by number.\nNAMES: Final[tuple[str, ...]] = (\n";
    for level in &levels.level {
        let _ = writeln!(out, "    {:?},", level.name);
    }
    out += ")\n\n#: Every accepted name, in lower case, to its number.\nSYNONYMS: Final[dict[str, int]] = {\n";
    for level in &levels.level {
        for synonym in &level.synonyms {
            let _ = writeln!(out, "    {synonym:?}: {},", level.number);
        }
    }
    out += "}\n";
    for host in levels.host.iter().filter(|host| host.name.starts_with("python_")) {
        let name = host.name.trim_start_matches("python_").to_uppercase();
        let _ = writeln!(out, "\n#: {}: (from this number, level), ascending.", host.of);
        let _ = writeln!(out, "{name}: Final[tuple[tuple[int, int], ...]] = (");
        for number in &host.numbers {
            let level = levels.level.iter().find(|level| level.name == number.level);
            let _ =
                writeln!(out, "    ({}, {}),", number.from, level.map_or(0, |level| level.number));
        }
        out += ")\n";
    }
    out
}

fn losses(losses: &Losses) -> String {
    let mut out = head("spec/losses.toml");
    out += "\nfrom typing import Final\n";
    for (name, reasons) in
        [("REFUSED", &losses.refused), ("LOST", &losses.lost), ("REJECTED", &losses.rejected)]
    {
        out += &words(name, reasons);
    }
    out
}

fn words(name: &str, reasons: &[Reason]) -> String {
    let mut out = format!(
        "\n#: Reasons by number, and what each means.\n{name}: Final[dict[str, str]] = {{\n"
    );
    for reason in reasons {
        let _ = writeln!(out, "    {:?}: {:?},", reason.name, reason.sentence);
    }
    out + "}\n"
}

fn options(options: &[Opt]) -> String {
    let mut out = head("spec/options.toml");
    out += "
from typing import Any, Final, NamedTuple


class Option(NamedTuple):
    \"\"\"One option: its name and type, what it may be, and what it does.\"\"\"

    name: str
    env: str
    kind: str
    default: Any
    unit: str
    min: int | None
    max: int | None
    values: tuple[str, ...]
    secret: bool
    text: str


OPTIONS: Final[tuple[Option, ...]] = (
";
    for option in options {
        let optional =
            |number: Option<i64>| number.map_or("None".to_owned(), |number| number.to_string());
        let _ = writeln!(
            out,
            "    Option(\n        name={:?},\n        env={:?},\n        kind={:?},",
            option.name, option.env, option.kind
        );
        let _ = writeln!(
            out,
            "        default={},\n        unit={:?},",
            default(option),
            option.unit.as_deref().unwrap_or("")
        );
        let _ = writeln!(
            out,
            "        min={},\n        max={},",
            optional(option.min),
            optional(option.max)
        );
        let _ = writeln!(
            out,
            "        values={},\n        secret={},",
            tuple(&option.values),
            if option.secret { "True" } else { "False" }
        );
        let _ = writeln!(out, "        text={:?},\n    ),", option.text);
    }
    out + ")\n"
}

fn default(option: &Opt) -> String {
    match (&*option.kind, &option.default) {
        ("map", _) => option.default_text(),
        (_, toml::Value::Array(items)) => tuple(
            &items.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect::<Vec<_>>(),
        ),
        (_, toml::Value::Boolean(value)) => if *value { "True" } else { "False" }.to_owned(),
        (_, value) => value.to_string(),
    }
}

fn tuple(words: &[String]) -> String {
    match words {
        [one] => format!("({one:?},)"),
        many => format!(
            "({})",
            many.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ")
        ),
    }
}

fn head(from: &str) -> String {
    format!("\"\"\"Generated by `cargo xtask gen` from {from}. Do not edit.\"\"\"\n")
}
