//! Java: enums for levels and states, words for reasons, and a builder with every option. `adapters` has what the frameworks want.

use std::fmt::Write as _;

use super::Generated;
use super::spec::{Host, Levels, Losses, Opt, Reason, Spec, State};
use super::spelling::{camel, pascal};

mod adapters;

macro_rules! core {
    ($name:literal) => {
        concat!("clients/java/core/src/generated/java/com/distributedlogs/", $name)
    };
}

pub(crate) fn files(spec: &Spec) -> Vec<Generated> {
    let mut files = vec![
        Generated { path: core!("Level.java"), text: levels(&spec.levels) },
        Generated {
            path: core!("State.java"),
            text: states("State", "What a logger is.", &spec.states.state),
        },
        Generated {
            path: core!("Activity.java"),
            text: states(
                "Activity",
                "What a logger that is not stopped is doing.",
                &spec.states.activity,
            ),
        },
        Generated { path: core!("LossReasons.java"), text: losses(&spec.losses) },
        Generated { path: core!("LoggerBuilder.java"), text: builder(&spec.options) },
    ];
    files.extend(adapters::files(spec));
    files
}

fn levels(levels: &Levels) -> String {
    let mut out = head("com.distributedlogs", "spec/levels.toml");
    out += "import java.util.Locale;\n\n/** How much a record matters. */\npublic enum Level {\n";
    out += &constants(
        levels.level.iter().map(|level| (level.name.as_str(), level.number, &*level.sentence)),
    );
    out += &numbered("Level");
    out += "
  /**
   * A level by one of its names, in any case: {@code warning}, {@code WARN}.
   *
   * @throws IllegalArgumentException if nobody knows the name
   */
  public static Level named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
";
    for level in &levels.level {
        let names: Vec<_> = level.synonyms.iter().map(|name| format!("{name:?}")).collect();
        let _ = writeln!(out, "      case {} -> {};", names.join(", "), level.name);
    }
    let all: Vec<_> = levels.level.iter().map(|level| level.name.to_lowercase()).collect();
    let _ = writeln!(
        out,
        "      default ->\n          throw new IllegalArgumentException(\n              name + \" is no level; these are: {}\");\n    }};\n  }}",
        all.join(", ")
    );
    for host in levels.host.iter().filter(|host| host.name.starts_with("java_")) {
        out += &from_host(host);
    }
    out + "}\n"
}

fn from_host(host: &Host) -> String {
    let name = pascal(host.name.trim_start_matches("java_"));
    let mut out = format!(
        "\n  /** By a number of {}. */\n  public static Level from{name}(int number) {{\n",
        host.of
    );
    for number in host.numbers.iter().skip(1).rev() {
        let _ = writeln!(
            out,
            "    if (number >= {}) {{\n      return {};\n    }}",
            number.from, number.level
        );
    }
    let first = host.numbers.first().map_or("INFO", |number| number.level.as_str());
    let _ = writeln!(out, "    return {first};\n  }}");
    out
}

fn states(name: &str, sentence: &str, states: &[State]) -> String {
    let mut out = head("com.distributedlogs", "spec/states.toml");
    let _ = writeln!(out, "/** {sentence} */\npublic enum {name} {{");
    out += &constants(states.iter().map(|state| (&*state.name, state.number, &*state.text)));
    out + &numbered(name) + "}\n"
}

fn constants<'a>(entries: impl Iterator<Item = (&'a str, u8, &'a str)>) -> String {
    let constants: Vec<_> = entries
        .map(|(name, number, text)| {
            format!("  /** {} */\n  {}({number})", html(text), name.to_uppercase())
        })
        .collect();
    constants.join(",\n\n") + ";\n"
}

/// What every enum with the core's numbers has besides its constants.
fn numbered(name: &str) -> String {
    format!(
        "
  private static final {name}[] ALL = values();

  private final int number;

  {name}(int number) {{
    this.number = number;
  }}

  /** The core's number for it. */
  public int number() {{
    return number;
  }}

  /** By the core's number. */
  static {name} of(int number) {{
    return ALL[number];
  }}
"
    )
}

fn losses(losses: &Losses) -> String {
    let mut out = head("com.distributedlogs", "spec/losses.toml");
    out += "/** Why records are not stored: the keys of {@code refused} and {@code lost} in the statistics. */\n";
    out += "public final class LossReasons {\n  private LossReasons() {}\n";
    for (prefix, reasons) in [("REFUSED", &losses.refused), ("LOST", &losses.lost)] {
        out += &words(prefix, reasons);
    }
    out + "}\n"
}

fn words(prefix: &str, reasons: &[Reason]) -> String {
    let mut out = String::new();
    for reason in reasons {
        let _ = writeln!(
            out,
            "\n  /** {} */\n  public static final String {prefix}_{} = {:?};",
            html(&reason.sentence),
            reason.name.to_uppercase(),
            reason.name
        );
    }
    out
}

fn builder(options: &[Opt]) -> String {
    let mut out = head("com.distributedlogs", "spec/options.toml");
    out += "import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every option of a logger; docs/options.md says more. What is not set here comes from the environment, a file or a default. */
public final class LoggerBuilder {
  private final Map<String, Object> given = new LinkedHashMap<>();
  private boolean closeAtExit = true;

  LoggerBuilder() {}

  /**
   * Sets an option by its name in docs/options.md. A name that does not exist is told when the logger is built.
   *
   * @param name such as {@code batch_size}
   * @param value a text, a number, a list or a map; null takes it back
   */
  public LoggerBuilder option(String name, Object value) {
    if (value == null) {
      given.remove(name);
    } else {
      given.put(name, value);
    }
    return this;
  }

  /**
   * Sets an option from its text, as the environment spells it: numbers in digits, lists with commas, maps as {@code k=v,k=v}.
   *
   * @param name such as {@code batch_size}
   * @param text the option's text; null takes it back
   */
  public LoggerBuilder text(String name, String text) {
    return switch (name) {
      case @COUNTS@ -> option(name, OptionText.number(text));
      case @LISTS@ -> option(name, OptionText.list(text));
      case @MAPS@ -> option(name, OptionText.map(text));
      default -> option(name, text);
    };
  }

  /** Should an open logger be closed when the JVM ends? Otherwise somebody else does it. Default: true. */
  public LoggerBuilder closeAtExit(boolean close) {
    closeAtExit = close;
    return this;
  }
";
    for (place, kind) in [("@COUNTS@", "count"), ("@LISTS@", "list"), ("@MAPS@", "map")] {
        let names = options.iter().filter(|option| option.kind == kind);
        let names: Vec<_> = names.map(|option| format!("{:?}", option.name)).collect();
        out = out.replace(place, &names.join(", "));
    }
    for option in options {
        let _ = writeln!(
            out,
            "\n  /** {} {} */\n  public LoggerBuilder {}({} {}) {{\n    return option({:?}, {});\n  }}",
            html(&option.text),
            bounds(option),
            camel(&option.name),
            parameter(option),
            camel(&option.name),
            option.name,
            if option.kind == "list" {
                format!("List.of({})", camel(&option.name))
            } else {
                camel(&option.name)
            }
        );
        if option.kind == "level" {
            let _ = writeln!(
                out,
                "\n  /** {} */\n  public LoggerBuilder level(Level level) {{\n    return level(level.name());\n  }}",
                html(&option.text)
            );
        }
    }
    out += "
  /**
   * Prepares a logger. Starts no thread and sends nothing; the first record or {@link DistributedLogger#start()} does.
   *
   * @throws IllegalArgumentException if an option is wrong; the text names it, where it was set and what is allowed
   * @throws IllegalStateException if the native library cannot be loaded
   */
  public DistributedLogger build() {
    return new DistributedLogger(open());
  }

  Engine open() {
    Map<String, Object> options = new LinkedHashMap<>(given);
    String runtime = System.getProperty(\"java.vm.name\") + ' ' + Runtime.version();
    options.put(
        \"sdk\",
        Map.of(
            \"language\", \"java\",
            \"version\", Version.OURS,
            \"runtime\", runtime,
            \"program\", Program.name()));
    Engine engine = Engine.open(options);
    Lifecycle.opened(engine, closeAtExit);
    return engine;
  }
}
";
    out
}

/// The option's default and what it may be, in words.
fn bounds(option: &Opt) -> String {
    let mut words = match option.default_text() {
        text if text.is_empty() => "Default: none".to_owned(),
        text => format!("Default: {{@code {text}}}"),
    };
    if let Some(unit) = &option.unit {
        let _ = write!(words, " {unit}");
    }
    if !option.values.is_empty() {
        let _ = write!(words, "; one of {{@code {}}}", option.values.join("}, {@code "));
    }
    if let (Some(min), Some(max)) = (option.min, option.max) {
        let _ = write!(words, "; {min} to {max}");
    }
    words + "."
}

fn parameter(option: &Opt) -> &'static str {
    match &*option.kind {
        "count" if is_long(option) => "long",
        "count" => "int",
        "list" => "String...",
        "map" => "Map<String, ?>",
        _ => "String",
    }
}

fn is_long(option: &Opt) -> bool {
    option.max.is_none_or(|max| max > i64::from(i32::MAX))
}

fn head(package: &str, from: &str) -> String {
    format!("// Generated by `cargo xtask gen` from {from}. Do not edit.\npackage {package};\n\n")
}

/// Text of a comment: backquotes become code.
fn html(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split('`').enumerate() {
        if number % 2 == 1 {
            let _ = write!(out, "{{@code {part}}}");
        } else {
            out += &part.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        }
    }
    out
}
