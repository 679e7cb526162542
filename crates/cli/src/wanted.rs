//! Which records a verb asks for: the parameters of the query API.

use clap::Args;

/// The same parameters as `GET /api/logs` has.
#[derive(Debug, Clone, Args)]
pub(crate) struct Wanted {
    /// What to look for: words, "a phrase", field:value, level:>=warning, -word, /regex/
    #[arg(
        short,
        long = "query",
        value_name = "QUERY",
        allow_hyphen_values = true,
        default_value = "",
        hide_default_value = true
    )]
    query: String,

    /// The lowest level (warning), or a list (info,error)
    #[arg(long, default_value = "", hide_default_value = true)]
    level: String,

    /// The service; a comma separates several
    #[arg(long, default_value = "", hide_default_value = true)]
    service: String,

    /// The language; a comma separates several
    #[arg(long, default_value = "", hide_default_value = true)]
    language: String,

    /// The component; a comma separates several
    #[arg(long, default_value = "", hide_default_value = true)]
    component: String,

    /// The host; a comma separates several
    #[arg(long = "on-host", value_name = "HOST", default_value = "", hide_default_value = true)]
    host: String,
}

impl Wanted {
    /// As query parameters; what was not asked is left out.
    pub(crate) fn parameters(&self) -> Vec<(&str, &str)> {
        let all = [
            ("q", self.query.as_str()),
            ("level", &self.level),
            ("service", &self.service),
            ("language", &self.language),
            ("component", &self.component),
            ("host", &self.host),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}
