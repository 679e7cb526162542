//! `dlogs ship`: sends what dead processes left in a journal directory, under their own streams.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use dlogs::{Options, Shipped};
use dlogs_journal::{StreamId, inspect};
use serde_json::{Map, json};

use crate::failure::Failure;
use crate::journal::streams;
use crate::server::Server;
use crate::terminal::Terminal;

/// Send what dead processes left in a journal directory
#[derive(Debug, Args)]
pub(crate) struct Ship {
    /// A stream's directory, or any directory above
    dir: PathBuf,

    /// How long to try, in seconds; what is left then stays where it is
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,

    /// One JSON object a stream
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    server: Server,
}

impl Ship {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let options = self.options()?;
        let deadline = Instant::now() + Duration::from_secs(self.timeout);
        let (mut waiting, mut last_error) = (0, None);
        for dir in streams::below(&self.dir)? {
            let Some(shipped) = self.ship(&dir, &options, deadline, &terminal)? else { continue };
            self.tell(&dir, &shipped, &terminal)?;
            waiting += shipped.waiting + u64::from(!shipped.finished && shipped.waiting == 0);
            last_error = shipped.last_error.or(last_error);
        }
        if waiting == 0 {
            return Ok(());
        }
        let why = last_error.map_or_else(String::new, |error| format!(" Last failure: {error}."));
        Err(Failure::unreachable(format!(
            "{waiting} records still wait in {}; nothing of them is lost.{why} `dlogs doctor --url {}` looks for the cause.",
            self.dir.display(),
            self.server.url()
        )))
    }

    /// `None` when there is nothing to ship, or a process lives that will.
    fn ship(
        &self,
        dir: &Path,
        options: &Options,
        deadline: Instant,
        terminal: &Terminal,
    ) -> Result<Option<Shipped>, Failure> {
        let shown = dir.display();
        let reader = inspect::adopt(dir)
            .map_err(|error| Failure::problem(format!("{shown} cannot be taken over: {error}.")))?;
        let Some(reader) = reader else {
            terminal.notice(&format!(
                "{shown}: left alone. Its process lives, or somebody else ships it, or it holds nothing that this program knows (`dlogs journal check` tells)."
            ));
            return Ok(None);
        };
        // Beside the streams, where a client of the service would put it.
        let set_aside = dir.parent().unwrap_or(dir).join("set_aside");
        let left = deadline.saturating_duration_since(Instant::now());
        let shipped = dlogs::ship(reader, options, &set_aside, left);
        shipped.map(Some).map_err(|error| Failure::problem(format!("{error}.")))
    }

    fn tell(&self, dir: &Path, shipped: &Shipped, terminal: &Terminal) -> Result<(), Failure> {
        let name = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let name = name.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let lost: u64 = shipped.lost.iter().map(|(_, n)| n).sum();
        if self.json {
            let lost: Map<_, _> = shipped
                .lost
                .iter()
                .map(|(reason, n)| ((*reason).to_owned(), (*n).into()))
                .collect();
            let line = json!({
                "stream": name.parse::<StreamId>().map_or(name, |stream| stream.to_string()),
                "acked": shipped.acked, "lost": lost, "waiting": shipped.waiting, "finished": shipped.finished,
            });
            terminal.json(&line.to_string())?;
        } else {
            let Shipped { acked, waiting, .. } = shipped;
            terminal.line(&format!("{name}  {acked} sent, {lost} lost, {waiting} waiting"))?;
        }
        Ok(())
    }

    /// A client's options, but for where to: this verb and no dlogs.toml says that.
    fn options(&self) -> Result<Options, Failure> {
        let mut explicit = Map::new();
        explicit.insert("endpoint".into(), format!("{}/api/logs", self.server.url()).into());
        explicit.insert("service_name".into(), "dlogs-ship".into());
        explicit.insert("retry_max_ms".into(), 5_000.into());
        if let Some(key) = self.server.key() {
            explicit.insert("api_key".into(), key.into());
        }
        Options::from_map(explicit).map_err(|error| Failure::problem(format!("{error}.")))
    }
}
