//! The options as Logback, Log4j2 and Spring Boot set them.

use std::fmt::Write as _;

use super::{bounds, camel, head, html, is_long, pascal};
use crate::generate::Generated;
use crate::generate::spec::{Opt, Spec};

pub(super) fn files(spec: &Spec) -> Vec<Generated> {
    vec![
        Generated {
            path: "clients/java/logback/src/generated/java/com/distributedlogs/logback/AppenderOptions.java",
            text: logback(&spec.options),
        },
        Generated {
            path: "clients/java/log4j2/src/generated/java/com/distributedlogs/log4j2/AppenderOptions.java",
            text: log4j2(&spec.options),
        },
        Generated {
            path: "clients/java/spring-boot-starter/src/generated/java/com/distributedlogs/spring/DistributedLogsProperties.java",
            text: spring(&spec.options),
        },
        Generated {
            path: "clients/java/spring-boot-starter/src/generated/resources/META-INF/spring-configuration-metadata.json",
            text: metadata(&spec.options),
        },
    ]
}

fn logback(options: &[Opt]) -> String {
    let mut out = head("com.distributedlogs.logback", "spec/options.toml");
    out += "import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import com.distributedlogs.DistributedLogger;
import com.distributedlogs.LoggerBuilder;

/** The options of a logger as elements of an appender in logback.xml. */
public abstract class AppenderOptions extends UnsynchronizedAppenderBase<ILoggingEvent> {
  final LoggerBuilder builder = DistributedLogger.builder();

  AppenderOptions() {}
";
    for option in options {
        let _ = writeln!(
            out,
            "\n  /** {} {} */\n  public void set{}(String value) {{\n    builder.text({:?}, value);\n  }}",
            html(&option.text),
            bounds(option),
            pascal(&option.name),
            option.name
        );
    }
    out + "}\n"
}

fn log4j2(options: &[Opt]) -> String {
    let mut out = head("com.distributedlogs.log4j2", "spec/options.toml");
    out += "import com.distributedlogs.DistributedLogger;
import com.distributedlogs.LoggerBuilder;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderAttribute;

/** The options of a logger as attributes of an appender in log4j2.xml. */
public abstract class AppenderOptions<B extends AppenderOptions<B>> extends AbstractAppender.Builder<B> {
  AppenderOptions() {}

";
    for option in options {
        let _ = writeln!(
            out,
            "  /** {} {} */\n  @PluginBuilderAttribute(sensitive = {}) private String {};\n",
            html(&option.text),
            bounds(option),
            option.secret,
            camel(&option.name)
        );
    }
    out += "  final DistributedLogger open() {\n    LoggerBuilder builder = DistributedLogger.builder();\n";
    for option in options {
        let _ = writeln!(out, "    builder.text({:?}, {});", option.name, camel(&option.name));
    }
    out += "    return builder.build();\n  }\n";
    for option in options {
        let _ = writeln!(
            out,
            "\n  /** {} {} */\n  public B set{}(String value) {{\n    {} = value;\n    return asBuilder();\n  }}",
            html(&option.text),
            bounds(option),
            pascal(&option.name),
            camel(&option.name)
        );
    }
    out + "}\n"
}

fn spring(options: &[Opt]) -> String {
    let mut out = head("com.distributedlogs.spring", "spec/options.toml");
    out += "import com.distributedlogs.LoggerBuilder;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The properties {@code distributedlogs.*}. What is not set comes from the environment, a file or a default. */
@ConfigurationProperties(\"distributedlogs\")
public class DistributedLogsProperties {
  /** Makes no logger if false. */
  private boolean enabled = true;

  /** Sends what Logback's root logger gets, too. */
  private boolean appender = true;

";
    for option in options {
        let _ = writeln!(out, "  private {} {};", boxed(option), camel(&option.name));
    }
    out += "
  /** No properties are set at first. */
  public DistributedLogsProperties() {}

  void apply(LoggerBuilder builder) {
";
    for option in options {
        let _ = writeln!(out, "    builder.option({:?}, {});", option.name, camel(&option.name));
    }
    out += "  }\n";
    out += &property("boolean", "enabled", "Makes no logger if false. Default: {@code true}.");
    out += &property(
        "boolean",
        "appender",
        "Sends what Logback's root logger gets, too. Default: {@code true}.",
    );
    for option in options {
        let text = format!("{} {}", html(&option.text), bounds(option));
        out += &property(boxed(option), &option.name, &text);
    }
    out + "}\n"
}

fn property(kind: &str, name: &str, text: &str) -> String {
    let (name, method) = (camel(name), pascal(name));
    let get = if kind == "boolean" { "is" } else { "get" };
    format!(
        "
  /** {text} */
  public {kind} {get}{method}() {{
    return {name};
  }}

  /** {text} */
  public void set{method}({kind} value) {{
    {name} = value;
  }}
"
    )
}

fn boxed(option: &Opt) -> &'static str {
    match &*option.kind {
        "count" if is_long(option) => "Long",
        "count" => "Integer",
        "list" => "List<String>",
        "map" => "Map<String, String>",
        _ => "String",
    }
}

fn metadata(options: &[Opt]) -> String {
    let class = "com.distributedlogs.spring.DistributedLogsProperties";
    let entry = |name: &str, kind: &str, text: &str, default: &str| {
        format!(
            "    {{\"name\": \"distributedlogs.{name}\", \"type\": \"{kind}\", \"description\": {text:?}, \"defaultValue\": {default}, \"sourceType\": \"{class}\"}}"
        )
    };
    let mut entries = vec![
        entry("enabled", "java.lang.Boolean", "Makes no logger if false.", "true"),
        entry(
            "appender",
            "java.lang.Boolean",
            "Sends what Logback's root logger gets, too.",
            "true",
        ),
    ];
    let mut hints = Vec::new();
    for option in options {
        let kind = match boxed(option) {
            "Long" => "java.lang.Long",
            "Integer" => "java.lang.Integer",
            "List<String>" => "java.util.List<java.lang.String>",
            "Map<String, String>" => "java.util.Map<java.lang.String,java.lang.String>",
            _ => "java.lang.String",
        };
        let default = match &*option.kind {
            "count" => option.default_text(),
            "list" | "map" => "null".to_owned(),
            _ => format!("{:?}", option.default_text()),
        };
        let name = option.name.replace('_', "-");
        entries.push(entry(&name, kind, &option.text, &default));
        if !option.values.is_empty() {
            let values: Vec<_> =
                option.values.iter().map(|value| format!("{{\"value\": {value:?}}}")).collect();
            hints.push(format!(
                "    {{\"name\": \"distributedlogs.{name}\", \"values\": [{}]}}",
                values.join(", ")
            ));
        }
    }
    format!(
        "{{\n  \"groups\": [{{\"name\": \"distributedlogs\", \"type\": \"{class}\", \"sourceType\": \"{class}\"}}],\n  \"properties\": [\n{}\n  ],\n  \"hints\": [\n{}\n  ]\n}}\n",
        entries.join(",\n"),
        hints.join(",\n")
    )
}
