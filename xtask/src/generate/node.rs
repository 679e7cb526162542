//! Node.js: levels, states and reasons as constants with their types, options as an interface with its documentation.

use std::fmt::Write as _;

use super::Generated;
use super::spec::{Levels, Losses, Opt, Reason, Spec, States};
use super::spelling::camel;

pub(crate) fn files(spec: &Spec) -> Vec<Generated> {
    vec![
        Generated { path: "clients/node/lib/generated/levels.ts", text: levels(&spec.levels) },
        Generated { path: "clients/node/lib/generated/losses.ts", text: losses(&spec.losses) },
        Generated { path: "clients/node/lib/generated/options.ts", text: options(&spec.options) },
        Generated { path: "clients/node/lib/generated/states.ts", text: states(&spec.states) },
    ]
}

fn levels(levels: &Levels) -> String {
    let mut out = head("spec/levels.toml");
    for level in &levels.level {
        let _ = writeln!(
            out,
            "\n/** {} */\nexport const {} = {};",
            level.sentence, level.name, level.number
        );
    }
    let names: Vec<_> = levels.level.iter().map(|level| level.name.as_str()).collect();
    out += "\n/** A level's name. */\n";
    let _ = writeln!(out, "export type LevelName = {};", union(&names));
    out += "\n/** Names by number. */\n";
    let _ = writeln!(out, "export const NAMES: readonly LevelName[] = [{}];", quoted(&names));
    out += "\n/** Every accepted name, in lower case, to its number. */\nexport const SYNONYMS: ReadonlyMap<string, number> = new Map([\n";
    for level in &levels.level {
        for synonym in &level.synonyms {
            let _ = writeln!(out, "  ['{synonym}', {}],", level.number);
        }
    }
    out += "]);\n";
    for host in levels.host.iter().filter(|host| host.name.starts_with("node_")) {
        let name = host.name.trim_start_matches("node_").to_uppercase();
        let _ = writeln!(out, "\n/** {}: [from this number, level], ascending. */", host.of);
        let _ = writeln!(out, "export const {name}: readonly (readonly [number, number])[] = [");
        for number in &host.numbers {
            let level = levels.level.iter().find(|level| level.name == number.level);
            let _ =
                writeln!(out, "  [{}, {}],", number.from, level.map_or(0, |level| level.number));
        }
        out += "];\n";
    }
    out
}

fn losses(losses: &Losses) -> String {
    let mut out = head("spec/losses.toml");
    out += &reasons("RefusedReason", "Why a call did not answer `true`.", &losses.refused);
    out += &reasons("LostReason", "Why an accepted record is not stored.", &losses.lost);
    out
}

fn reasons(name: &str, sentence: &str, reasons: &[Reason]) -> String {
    let mut out = format!("\n/**\n * {sentence}\n *\n");
    for reason in reasons {
        let _ = writeln!(out, " * - `{}`: {}", reason.name, reason.sentence);
    }
    let names: Vec<_> = reasons.iter().map(|reason| reason.name.as_str()).collect();
    let _ = writeln!(out, " */\nexport type {name} = {};", union(&names));
    out
}

fn states(states: &States) -> String {
    let mut out = head("spec/states.toml");
    for (kind, list, of, all) in [
        ("State", "STATES", "What a logger can be.", &states.state),
        ("Activity", "ACTIVITIES", "What a logger can be doing.", &states.activity),
    ] {
        let _ = write!(out, "\n/**\n * {of}\n *\n");
        for one in all {
            let _ = writeln!(out, " * - `{}`: {}", one.name, one.text);
        }
        let names: Vec<_> = all.iter().map(|one| one.name.as_str()).collect();
        let _ = writeln!(out, " */\nexport type {kind} = {};", union(&names));
        out += "\n/** The names by number. */\n";
        let _ = writeln!(out, "export const {list}: readonly {kind}[] = [{}];", quoted(&names));
    }
    out
}

fn options(options: &[Opt]) -> String {
    let mut out = head("spec/options.toml");
    out += "
/**
 * What a logger can be told. What is not given comes from the environment (`DLOGS_…`), then from `dlogs.toml` or the file that
 * `DLOGS_CONFIG` names, then from the default. docs/options.md has the reasons.
 */
export interface Options {
";
    for option in options {
        let _ = writeln!(out, "  /** {} {}. */", option.text, allowed(option));
        let _ = writeln!(out, "  {}?: {} | undefined;", camel(&option.name), kind(option));
    }
    out += "}\n\n/** Each option's name here, and the core's. */\nexport const OPTION_NAMES: ReadonlyMap<string, string> = new Map([\n";
    for option in options {
        let _ = writeln!(out, "  ['{}', '{}'],", camel(&option.name), option.name);
    }
    out + "]);\n"
}

fn kind(option: &Opt) -> String {
    let values: Vec<_> = option.values.iter().map(String::as_str).collect();
    match &*option.kind {
        "count" => "number".to_owned(),
        "choice" => union(&values),
        "level" => "string | number".to_owned(),
        "list" => "readonly string[]".to_owned(),
        "map" => "Readonly<Record<string, unknown>>".to_owned(),
        _ => "string".to_owned(),
    }
}

/// Default, unit and range, in one line.
fn allowed(option: &Opt) -> String {
    let unit = option.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let default = match &*option.default_text() {
        "" | "{}" => "Default: none".to_owned(),
        default => format!("Default: {default}{unit}"),
    };
    let range = match (option.min, option.max) {
        (Some(min), Some(max)) => format!("; {min} to {max}"),
        (None, Some(max)) => format!("; at most {max} bytes"),
        _ => String::new(),
    };
    format!("{default}{range}. Variable: {}", option.env)
}

fn union(names: &[&str]) -> String {
    names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(" | ")
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ")
}

fn head(from: &str) -> String {
    format!("/** Generated by `cargo xtask gen` from {from}. Do not edit. */\n")
}
