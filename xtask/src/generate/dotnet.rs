//! .NET: enums for levels, states and choices, words for reasons, and the options as properties of the configuration.

use std::fmt::Write as _;

use super::Generated;
use super::spec::{Host, Levels, Losses, Opt, Reason, Spec, States};
use super::spelling::pascal;

pub(crate) fn files(spec: &Spec) -> Vec<Generated> {
    vec![
        Generated {
            path: "clients/dotnet/src/DistributedLogging/generated/Level.cs",
            text: levels(&spec.levels),
        },
        Generated {
            path: "clients/dotnet/src/DistributedLogging/generated/LoggerState.cs",
            text: states(&spec.states),
        },
        Generated {
            path: "clients/dotnet/src/DistributedLogging/generated/Reasons.cs",
            text: losses(&spec.losses),
        },
        Generated {
            path: "clients/dotnet/src/DistributedLogging/generated/DistributedLoggerConfig.cs",
            text: options(&spec.options),
        },
    ]
}

fn levels(levels: &Levels) -> String {
    let mut out = head("spec/levels.toml");
    out += "/// <summary>How much a record matters.</summary>\npublic enum Level\n{\n";
    for level in &levels.level {
        let name = pascal(&level.name.to_lowercase());
        let _ = writeln!(out, "    /// <summary>{}</summary>", xml(&level.sentence));
        let _ = writeln!(out, "    {name} = {},\n", level.number);
    }
    out = out.trim_end().to_owned();
    out += "\n}\n\n/// <summary>Levels by their names, and by the numbers of other libraries.</summary>\n";
    out += "public static class Levels\n{\n";
    out += "    /// <summary>A level from one of its names, in any case: <c>warning</c>, <c>warn</c>, <c>WRN</c>.</summary>\n";
    out += "    /// <param name=\"name\">The name.</param>\n";
    out += "    /// <param name=\"level\">The level; <see cref=\"Level.Info\"/> where nobody knows the name.</param>\n";
    out += "    /// <returns>False if nobody knows the name.</returns>\n";
    out += "    public static bool TryParse(string? name, out Level level)\n    {\n";
    out += "        switch (name?.Trim().ToLowerInvariant())\n        {\n";
    for level in &levels.level {
        for synonym in &level.synonyms {
            let _ = writeln!(out, "            case {synonym:?}:");
        }
        let name = pascal(&level.name.to_lowercase());
        let _ =
            writeln!(out, "                level = Level.{name};\n                return true;");
    }
    out += "            default:\n                level = Level.Info;\n                return false;\n        }\n    }\n";
    for host in levels.host.iter().filter(|host| host.name.starts_with("dotnet")) {
        out += &from_host(host);
    }
    out + "}\n"
}

fn from_host(host: &Host) -> String {
    let name = match host.name.as_str() {
        "dotnet" => "Microsoft".to_owned(),
        other => pascal(other.trim_start_matches("dotnet_")),
    };
    let mut out = format!(
        "\n    // {}: the entry with the greatest number that is not above it.\n    internal static Level From{name}(int number) => number switch\n    {{\n",
        host.of
    );
    let level = |name: &str| pascal(&name.to_lowercase());
    for number in host.numbers.iter().skip(1).rev() {
        let _ = writeln!(out, "        >= {} => Level.{},", number.from, level(&number.level));
    }
    let first = host.numbers.first().map_or("INFO", |number| number.level.as_str());
    let _ = writeln!(out, "        _ => Level.{},\n    }};", level(first));
    out
}

fn states(states: &States) -> String {
    let mut out = head("spec/states.toml");
    for (name, sentence, entries) in [
        ("LoggerState", "What a logger is.", &states.state),
        ("LoggerActivity", "What a logger that is not stopped is doing.", &states.activity),
    ] {
        let _ = writeln!(out, "/// <summary>{sentence}</summary>\npublic enum {name}\n{{");
        for entry in entries {
            let _ = writeln!(out, "    /// <summary>{}</summary>", xml(&entry.text));
            let _ = writeln!(out, "    {} = {},\n", pascal(&entry.name), entry.number);
        }
        out = out.trim_end().to_owned();
        out += "\n}\n\n";
    }
    out.trim_end().to_owned() + "\n"
}

fn losses(losses: &Losses) -> String {
    let mut out = head("spec/losses.toml");
    for (name, sentence, reasons) in [
        (
            "RefusedReason",
            "Why a record never got into the journal: the keys of <see cref=\"LoggerStatistics.Refused\"/>.",
            &losses.refused,
        ),
        (
            "LostReason",
            "Why a record of the journal will never be stored: the keys of <see cref=\"LoggerStatistics.Lost\"/>.",
            &losses.lost,
        ),
    ] {
        out += &words(name, sentence, reasons);
    }
    out.trim_end().to_owned() + "\n"
}

fn words(name: &str, sentence: &str, reasons: &[Reason]) -> String {
    let mut out = format!("/// <summary>{sentence}</summary>\npublic static class {name}\n{{\n");
    for reason in reasons {
        let _ = writeln!(out, "    /// <summary>{}</summary>", xml(&reason.sentence));
        let _ = writeln!(
            out,
            "    public const string {} = {:?};\n",
            pascal(&reason.name),
            reason.name
        );
    }
    out.trim_end().to_owned() + "\n}\n\n"
}

fn options(options: &[Opt]) -> String {
    let mut out = head("spec/options.toml");
    out = out.replace("namespace", "using System.Collections.Generic;\n\nnamespace");
    for option in options.iter().filter(|option| option.kind == "choice") {
        let _ = writeln!(
            out,
            "/// <summary>{}</summary>\npublic enum {}Choice\n{{",
            xml(&option.text),
            pascal(&option.name)
        );
        for (number, value) in option.values.iter().enumerate() {
            let _ = writeln!(
                out,
                "    /// <summary>{value}</summary>\n    {} = {number},\n",
                pascal(value)
            );
        }
        out = out.trim_end().to_owned();
        out += "\n}\n\n";
    }
    out += "public sealed partial class DistributedLoggerConfig\n{\n";
    for option in options {
        let _ = writeln!(out, "    /// <summary>{}</summary>", xml(&option.text));
        let _ = writeln!(out, "    /// <remarks>{}</remarks>", remarks(option));
        let _ = writeln!(
            out,
            "    public {}? {} {{ get; set; }}\n",
            kind(option),
            pascal(&option.name)
        );
    }
    out += "    // What was set, and nothing else: the core looks for the rest in the environment, the file and the defaults.\n";
    out += "    private IEnumerable<KeyValuePair<string, object?>> Named()\n    {\n";
    for option in options {
        let name = pascal(&option.name);
        let value = match &*option.kind {
            "choice" => format!("Word({name}.Value)"),
            "level" => format!("(int){name}.Value"),
            _ => name.clone(),
        };
        let _ = writeln!(
            out,
            "        if ({name} is not null)\n        {{\n            yield return new KeyValuePair<string, object?>({:?}, {value});\n        }}\n",
            option.name
        );
    }
    out = out.trim_end().to_owned() + "\n    }\n";
    for option in options.iter().filter(|option| option.kind == "choice") {
        let name = format!("{}Choice", pascal(&option.name));
        let _ = writeln!(
            out,
            "\n    private static string Word({name} choice) => choice switch\n    {{"
        );
        for value in &option.values {
            let _ = writeln!(out, "        {name}.{} => {value:?},", pascal(value));
        }
        // A number that is no choice travels as it is: the core says what would be one.
        out += "        _ => choice.ToString(),\n    };\n";
    }
    out + "}\n"
}

fn kind(option: &Opt) -> String {
    match &*option.kind {
        "count" if option.max.is_some_and(|max| max <= i64::from(i32::MAX)) => "int".to_owned(),
        "count" => "long".to_owned(),
        "level" => "Level".to_owned(),
        "choice" => format!("{}Choice", pascal(&option.name)),
        "list" => "IReadOnlyList<string>".to_owned(),
        "map" => "IReadOnlyDictionary<string, object>".to_owned(),
        _ => "string".to_owned(),
    }
}

fn remarks(option: &Opt) -> String {
    let default = option.default_text();
    let default = if default.is_empty() { "none".to_owned() } else { default };
    let unit = option.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    let range = match (option.min, option.max) {
        (Some(min), Some(max)) => format!("; {min} to {max}"),
        (None, Some(max)) => format!("; at most {max} bytes"),
        _ => String::new(),
    };
    format!("<c>{}</c>. Default: {}{unit}{range}.", option.env, xml(&default))
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn head(from: &str) -> String {
    format!(
        "// <auto-generated>Generated by `cargo xtask gen` from {from}. Do not edit.</auto-generated>\n#nullable enable\n\nnamespace DistributedLogging;\n\n"
    )
}
