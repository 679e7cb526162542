use dlogs_record::{Level, hosts};

#[test]
fn names_synonyms_and_numbers_are_understood_in_any_case() {
    let table = [
        ("trace", Level::Trace),
        ("Verbose", Level::Trace),
        ("DEBUG", Level::Debug),
        ("informational", Level::Info),
        ("notice", Level::Info),
        (" warn ", Level::Warning),
        ("WARNING", Level::Warning),
        ("err", Level::Error),
        ("SEVERE", Level::Error),
        ("fatal", Level::Critical),
        ("0", Level::Trace),
        ("5", Level::Critical),
    ];
    for (text, level) in table {
        assert_eq!(text.parse(), Ok(level), "{text}");
    }
    for level in Level::ALL {
        assert_eq!(level.as_str().parse(), Ok(level));
        assert_eq!(Level::from_u8(level as u8), Some(level));
    }
    let error = "loud".parse::<Level>().unwrap_err().to_string();
    assert!(error.starts_with("unknown level \"loud\": use trace"), "{error}");
    for text in ["6", "-1", "", "1.0"] {
        assert!(text.parse::<Level>().is_err(), "{text}");
    }
}

#[test]
fn host_numbers_between_two_levels_count_as_the_lower() {
    let table = [
        (hosts::PYTHON_LOGGING, 5, Level::Trace),
        (hosts::PYTHON_LOGGING, 25, Level::Info),
        (hosts::PYTHON_LOGGING, 1000, Level::Critical),
        (hosts::PYTHON_LOGGING, -1, Level::Trace),
        (hosts::GO_SLOG, -8, Level::Trace),
        (hosts::GO_SLOG, 2, Level::Info),
        (hosts::JAVA_JUL, i64::from(i32::MIN), Level::Trace),
        (hosts::JAVA_JUL, 800, Level::Info),
        (hosts::SYSLOG, 0, Level::Critical),
        (hosts::SYSLOG, 7, Level::Debug),
        (hosts::OTEL, 0, Level::Info),
        (hosts::OTEL, 24, Level::Critical),
    ];
    for (map, number, level) in table {
        assert_eq!(Level::from_host(map, number), level, "{number}");
    }
}
