//! Rust: levels and losses for the record crate, options for the client. The text goes through rustfmt.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::Generated;
use super::spec::{Levels, Losses, Opt, Reason, Spec};
use super::spelling::pascal;

pub(crate) fn files(spec: &Spec) -> Result<Vec<Generated>, String> {
    Ok(vec![
        Generated {
            path: "crates/record/src/generated/levels.rs",
            text: formatted(&levels(&spec.levels))?,
        },
        Generated {
            path: "crates/record/src/generated/losses.rs",
            text: formatted(&losses(&spec.losses))?,
        },
        Generated {
            path: "crates/client/src/generated/options.rs",
            text: formatted(&options(&spec.options))?,
        },
    ])
}

fn levels(levels: &Levels) -> String {
    let mut out = head("spec/levels.toml");
    out += "//!\n//! The tables of hosts go into [`Level::from_host`].\n\nuse crate::Level;\n\n";
    out += "/// Every accepted name of a level, compared without case.\n";
    out += "pub const SYNONYMS: &[(&str, Level)] = &[\n";
    for level in &levels.level {
        for synonym in &level.synonyms {
            let _ = writeln!(out, "({synonym:?}, Level::{}),", pascal(&level.name));
        }
    }
    out += "];\n";
    for host in &levels.host {
        let name = host.name.to_uppercase();
        let _ = writeln!(out, "\n/// {}.\npub const {name}: &[(i64, Level)] = &[", host.of);
        for number in &host.numbers {
            let _ = writeln!(out, "({}, Level::{}),", number.from, pascal(&number.level));
        }
        out += "];\n";
    }
    out
}

fn losses(losses: &Losses) -> String {
    let mut out = head("spec/losses.toml");
    out += &reasons(
        "Refused",
        "Why a call did not return `accepted`: the record never had a sequence number.",
        &losses.refused,
    );
    out += &reasons(
        "Lost",
        "Why a record that had a sequence number will never be stored.",
        &losses.lost,
    );
    out += &reasons(
        "Rejected",
        "Why the server keeps one record of a batch out, and the others in.",
        &losses.rejected,
    );
    out
}

fn reasons(name: &str, sentence: &str, reasons: &[Reason]) -> String {
    let mut out = format!(
        "\n/// {sentence}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n"
    );
    let _ = writeln!(out, "#[repr(u8)]\npub enum {name} {{");
    for reason in reasons {
        let _ =
            writeln!(out, "/// {}\n{} = {},", reason.sentence, pascal(&reason.name), reason.number);
    }
    let variants: Vec<String> =
        reasons.iter().map(|reason| format!("{name}::{}", pascal(&reason.name))).collect();
    let _ = writeln!(out, "}}\n\nimpl {name} {{\n/// Every reason; the index is the number.");
    let _ =
        writeln!(out, "pub const ALL: [{name}; {}] = [{}];\n", reasons.len(), variants.join(", "));
    out += "/// The word on the wire, in statistics and in metrics.\npub const fn as_str(self) -> &'static str {\nmatch self {\n";
    for (reason, variant) in reasons.iter().zip(&variants) {
        let _ = writeln!(out, "{variant} => {:?},", reason.name);
    }
    out += "}\n}\n\n/// The reason with this number, if there is one.\npub const fn from_u8(number: u8) -> Option<Self> {\nmatch number {\n";
    for (reason, variant) in reasons.iter().zip(&variants) {
        let _ = writeln!(out, "{} => Some({variant}),", reason.number);
    }
    out += "_ => None,\n}\n}\n\n/// The reason with this word, if there is one.\npub fn from_name(name: &str) -> Option<Self> {\n";
    out += "Self::ALL.into_iter().find(|reason| reason.as_str() == name)\n}\n}\n";
    let _ = writeln!(
        out,
        "\nimpl std::fmt::Display for {name} {{\nfn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\nf.pad(self.as_str())\n}}\n}}"
    );
    out
}

fn options(options: &[Opt]) -> String {
    let mut out = head("spec/options.toml");
    out += "\nuse crate::options::{OptionKind, OptionSpec};\n\n";
    out += "/// Every option of the client, in the order of spec/options.toml.\n";
    out += "pub const OPTIONS: &[OptionSpec] = &[\n";
    for option in options {
        let _ = writeln!(
            out,
            "OptionSpec {{ name: {:?}, env: {:?}, kind: OptionKind::{}, unit: {:?}, default: {:?}, secret: {}, text: {:?} }},",
            option.name,
            option.env,
            kind(option),
            option.unit.as_deref().unwrap_or(""),
            option.default_text(),
            option.secret,
            option.text
        );
    }
    out += "];\n";
    out
}

fn kind(option: &Opt) -> String {
    let max = option.max.unwrap_or(i64::MAX);
    match &*option.kind {
        "text" => format!("Text {{ max: {max} }}"),
        "count" => format!("Count {{ min: {}, max: {max} }}", option.min.unwrap_or(0)),
        "choice" => format!("Choice(&{:?})", option.values),
        "map" => format!("Map {{ max: {max} }}"),
        plain => pascal(plain),
    }
}

fn head(from: &str) -> String {
    format!("//! Generated by `cargo xtask gen` from {from}. Do not edit.\n")
}

/// `journal_full` and `WARNING` become `JournalFull` and `Warning`.
fn formatted(text: &str) -> Result<String, String> {
    let run = || -> std::io::Result<std::process::Output> {
        let mut rustfmt = Command::new("rustfmt")
            .args(["--edition", "2024", "--config", "max_width=100,use_small_heuristics=Max"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = rustfmt.stdin.take() {
            stdin.write_all(text.as_bytes())?;
        }
        rustfmt.wait_with_output()
    };
    let output = run().map_err(|error| {
        format!("rustfmt cannot be run (rustup component add rustfmt): {error}")
    })?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|error| error.to_string());
    }
    Err(format!("rustfmt: {}", String::from_utf8_lossy(&output.stderr)))
}
