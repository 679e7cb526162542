//! `dlogs serve`: runs the server until it is told to stop.

use std::env;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::Args;
use dlogs_server::Config;
use dlogs_server::settings::Setting;

use crate::failure::Failure;
use crate::stop;
use crate::terminal::Terminal;

const MIB: u64 = 1024 * 1024;
const DAY_MS: u64 = 86_400_000;
/// The variable that names a folder of the user's alone, and where the data lie in there.
const HOME: (&str, &str) =
    if cfg!(windows) { ("LOCALAPPDATA", r"dlogs\data") } else { ("HOME", ".local/share/dlogs") };

/// Run the server and its page
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,

    /// The address to listen on; any but this machine's own needs an API key, or --no-auth
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,

    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 5000)]
    port: u16,

    /// An address under which browsers see this server, such as https://logs.example.com; may be repeated
    #[arg(long = "public-url", value_name = "URL")]
    public_urls: Vec<String>,

    /// Serve other machines without API keys
    #[arg(long)]
    no_auth: bool,

    /// Let this many MiB of batches wait for their part; past it batches are refused, to be sent again
    #[arg(long, value_name = "MIB", default_value_t = 128)]
    max_unsealed_mib: u64,

    /// Make a part of the records in memory when they are this many MiB, unpacked; 0 makes one of every batch
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    seal_mib: u64,

    /// Make a part of them after this many seconds, however few they are
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    seal_seconds: u64,

    /// Let parts go when all of their records are older than this many days [default: 180, or what the page says]
    #[arg(long, value_name = "DAYS")]
    keep_days: Option<u64>,

    /// Let the oldest parts go when all of them are more than this many MiB; 0 sets no bound [default: 0, or what the page says]
    #[arg(long, value_name = "MIB")]
    keep_mib: Option<u64>,

    /// Let the oldest parts go while less than this many MiB are free on the disk; 0 keeps them [default: 256, or what the page says]
    #[arg(long, value_name = "MIB")]
    keep_free_mib: Option<u64>,

    /// Refuse records, to be sent again, while less than this many MiB are free on the disk
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    min_free_mib: u64,

    /// Look this often for what is due by time: seals, merges, retention, and what failed before
    #[arg(long, value_name = "MS", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    housekeeping_ms: u64,
}

/// Where the server keeps what it has.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// The server's directory [default: $XDG_DATA_HOME/dlogs, else ~/.local/share/dlogs, on Windows %LOCALAPPDATA%/dlogs/data]
    #[arg(long = "data", value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Data {
    pub(crate) fn dir(&self) -> Result<PathBuf, Failure> {
        let told = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let found =
            self.dir.clone().or_else(|| told("XDG_DATA_HOME").map(|home| home.join("dlogs")));
        let (home, below) = HOME;
        found.or_else(|| told(home).map(|home| home.join(below))).ok_or_else(|| {
            Failure::problem(format!("No directory for the data: neither XDG_DATA_HOME nor {home} is set. Give one with --data DIR."))
        })
    }
}

impl Serve {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let config = self.config()?;
        own_log();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            Failure::problem(format!("The system gives no threads to run on: {error}."))
        })?;
        let data_dir = config.data_dir.display().to_string();
        runtime.block_on(async move {
            let asked = stop::listen()
                .map_err(|error| Failure::problem(format!("Signals cannot be heard: {error}.")))?;
            let ready = move |bound: SocketAddr| {
                // One line, also for scripts: the address is its last word but the data's.
                let line =
                    format!("dlogs serves http://{bound}  (data in {data_dir}; Ctrl-C stops)");
                // A closed standard output is no reason not to serve.
                let _ = terminal.line(&crate::escape::for_terminal(&line));
            };
            let served = dlogs_server::serve(config, ready, asked).await;
            served.map_err(|error| Failure::problem(error.to_string()))
        })
    }

    fn config(&self) -> Result<Config, Failure> {
        let usual = Config::at(self.data.dir()?);
        Ok(Config {
            host: self.host,
            port: self.port,
            no_auth: self.no_auth,
            public_urls: self.public_urls.clone(),
            max_unsealed_bytes: self.max_unsealed_mib.saturating_mul(MIB),
            seal_bytes: self.seal_mib.saturating_mul(MIB),
            seal_age_ms: self.seal_seconds.saturating_mul(1000),
            keep_age_ms: self.keep_days.map_or(usual.keep_age_ms, |n| n.saturating_mul(DAY_MS)),
            keep_bytes: self.keep_mib.map_or(usual.keep_bytes, |n| n.saturating_mul(MIB)),
            keep_free_bytes: self
                .keep_free_mib
                .map_or(usual.keep_free_bytes, |n| n.saturating_mul(MIB)),
            flagged: self.flagged(),
            min_free_bytes: self.min_free_mib.saturating_mul(MIB),
            housekeeping_ms: self.housekeeping_ms,
            ..usual
        })
    }

    /// What the command line says and the page therefore may not change.
    fn flagged(&self) -> Vec<Setting> {
        let all = [
            (self.keep_days, Setting::KeepDays),
            (self.keep_mib, Setting::KeepMib),
            (self.keep_free_mib, Setting::KeepFreeMib),
        ];
        all.into_iter().filter_map(|(told, setting)| told.map(|_| setting)).collect()
    }
}

/// The server's own words go to standard error, never into itself. DLOGS_LOG filters them (`info`, `debug`, …).
fn own_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("DLOGS_LOG");
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    // A second subscriber in one process is a test's business; the first one stays.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init();
}
