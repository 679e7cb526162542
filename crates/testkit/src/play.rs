//! Plays one case: starts the server and the driver, takes the steps in order, and tells the first thing that is not true.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::{Map, Value, json};

use crate::case::Case;
use crate::driver::{Driver, DriverCommand};
use crate::journal_dir;
use crate::pattern;
use crate::scripted::{self, Scripted};

/// How long a `server` or `journal` step waits, unless it says otherwise.
const PATIENCE_MS: u64 = 30_000;

/// Plays `case` in the new directory `dir`.
pub fn play(case: &Case, command: &DriverCommand, dir: &Path) -> Result<(), String> {
    let server = Scripted::start(scripted::script(&case.server)?).map_err(|e| e.to_string())?;
    fs::create_dir_all(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let mut stage = Stage { case, command, dir: dir.to_path_buf(), server, driver: None };
    for (name, text) in &case.files {
        let path = dir.join(name);
        fs::write(&path, stage.fill(text))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    stage.start_driver(&Value::Null)?;
    for (number, step) in case.steps.iter().enumerate() {
        stage.step(step).map_err(|why| format!("step {} ({}): {why}", number + 1, step["op"]))?;
    }
    stage.finish()
}

struct Stage<'a> {
    case: &'a Case,
    command: &'a DriverCommand,
    dir: PathBuf,
    server: Scripted,
    driver: Option<Driver>,
}

impl Stage<'_> {
    fn step(&mut self, step: &Value) -> Result<(), String> {
        let within = step["within_ms"].as_u64();
        match step["op"].as_str().unwrap_or_default() {
            "server" => self.until_seen(&step["is"], within.unwrap_or(PATIENCE_MS)),
            "steady" => self.while_seen(&step["is"], step["for_ms"].as_u64().unwrap_or(100)),
            "script" => {
                self.server.script(scripted::script(&step["server"])?);
                Ok(())
            }
            "server_stop" => {
                self.server.stop();
                Ok(())
            }
            "server_start" => self.server.resume().map_err(|error| error.to_string()),
            "kill" => self.driver()?.signal(Signal::KILL),
            "freeze" => self.driver()?.signal(Signal::STOP),
            "thaw" => self.driver()?.signal(Signal::CONT),
            "restart" => self.start_driver(&step["env"]),
            "ended" => self.ended(step),
            "journal" => self.until_journal(&step["is"], within.unwrap_or(PATIENCE_MS)),
            "fill" => self.fill_disk(),
            "free" => fs::remove_file(self.filler()).map_err(|error| error.to_string()),
            "together" => self.together(step),
            "until" => self.until_steps(step, within.unwrap_or(PATIENCE_MS)),
            "exit" => self.driver()?.tell(step),
            _ => self.ask(step, within),
        }
    }

    fn driver(&mut self) -> Result<&mut Driver, String> {
        self.driver.as_mut().ok_or_else(|| "no driver runs".to_owned())
    }

    fn start_driver(&mut self, env: &Value) -> Result<(), String> {
        let mut all = self.case.env.clone();
        for (name, value) in env.as_object().into_iter().flatten() {
            all.insert(name.clone(), value.as_str().unwrap_or_default().to_owned());
        }
        let filled: Vec<_> = all.into_iter().map(|(k, v)| (k, self.fill(&v))).collect();
        self.driver = None;
        self.driver = Some(Driver::start(self.command, &self.dir, filled)?);
        Ok(())
    }

    fn ask(&mut self, step: &Value, within: Option<u64>) -> Result<(), String> {
        let op = self.question(step);
        let deadline = Instant::now() + Duration::from_millis(within.unwrap_or(0));
        loop {
            let answer = self.driver()?.ask(&op)?;
            let Some(why) = wrong(&step["is"], &answer) else { return Ok(()) };
            if Instant::now() >= deadline {
                return Err(why);
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The step as the driver gets it: without the runner's keys, the configuration complete.
    fn question(&self, step: &Value) -> Value {
        let mut op = step.as_object().cloned().unwrap_or_default();
        op.remove("is");
        op.remove("within_ms");
        if op["op"] == "open" {
            let own = op.get("config").and_then(Value::as_object).cloned().unwrap_or_default();
            op.insert("config".to_owned(), Value::Object(self.config(own)));
        }
        Value::Object(op)
    }

    fn config(&self, own: Map<String, Value>) -> Map<String, Value> {
        let base = json!({
            "endpoint": "${endpoint}", "service_name": "cases", "component_name": "driver",
            "journal_dir": "${journal}", "batch_interval_ms": 20,
            "retry_initial_ms": 20, "retry_max_ms": 40,
        });
        let mut config = base.as_object().cloned().unwrap_or_default();
        config.extend(self.case.config.clone());
        config.extend(own);
        config.retain(|_, value| !value.is_null());
        for text in config.values_mut() {
            if let Value::String(text) = text {
                *text = self.fill(text);
            }
        }
        config
    }

    fn fill(&self, text: &str) -> String {
        text.replace("${endpoint}", &self.server.endpoint())
            .replace("${small}", &std::env::var("DLOGS_CASES_SMALL").unwrap_or_default())
            .replace("${dir}", &self.dir.to_string_lossy())
            .replace("${journal}", &self.journal().to_string_lossy())
    }

    fn journal(&self) -> PathBuf {
        self.dir.join("journal")
    }

    fn filler(&self) -> PathBuf {
        PathBuf::from(self.fill("${small}")).join("filler")
    }

    /// Leaves no byte on the small disk.
    fn fill_disk(&self) -> Result<(), String> {
        let mut file = fs::File::create(self.filler()).map_err(|error| error.to_string())?;
        for size in [1 << 16, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
        Ok(())
    }

    fn until_seen(&self, wanted: &Value, within_ms: u64) -> Result<(), String> {
        let mut changes = 0;
        until(within_ms, || {
            let seen = self.server.seen();
            if std::mem::replace(&mut changes, seen.changes()) == seen.changes() {
                return None;
            }
            Some(pattern::mismatch(wanted, &seen.json()))
        })
    }

    fn while_seen(&self, wanted: &Value, for_ms: u64) -> Result<(), String> {
        let end = Instant::now() + Duration::from_millis(for_ms);
        while Instant::now() < end {
            let seen = self.server.seen().json();
            if let Some(why) = pattern::mismatch(wanted, &seen) {
                return Err(why);
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    fn until_journal(&self, wanted: &Value, within_ms: u64) -> Result<(), String> {
        let journal = self.journal();
        until(within_ms, || Some(pattern::mismatch(wanted, &journal_dir::describe(&journal))))
    }

    fn ended(&mut self, step: &Value) -> Result<(), String> {
        let within = step["within_ms"].as_u64().unwrap_or(PATIENCE_MS);
        let code = self.driver()?.ended(Duration::from_millis(within))?;
        let wanted = step["code"].as_i64().unwrap_or(0);
        if i64::from(code) == wanted {
            Ok(())
        } else {
            Err(format!("exit code {code}, not {wanted}"))
        }
    }

    /// The first step's answer comes only after the others were played.
    fn together(&mut self, step: &Value) -> Result<(), String> {
        let steps = step["steps"].as_array().cloned().unwrap_or_default();
        let (first, others) = steps.split_first().ok_or("no steps")?;
        let (op, asked) = (self.question(first), Instant::now());
        self.driver()?.tell(&op)?;
        others.iter().try_for_each(|other| self.step(other))?;
        let mut answer = self.driver()?.hear()?;
        answer["took_ms"] = (asked.elapsed().as_millis() as u64).into();
        wrong(&first["is"], &answer).map_or(Ok(()), Err)
    }

    /// Takes the steps again and again until none of them fails.
    fn until_steps(&mut self, step: &Value, within_ms: u64) -> Result<(), String> {
        let steps = step["steps"].as_array().cloned().unwrap_or_default();
        until(within_ms, || Some(steps.iter().try_for_each(|step| self.step(step)).err()))
    }

    /// What holds after every case.
    fn finish(mut self) -> Result<(), String> {
        if let Some(mut driver) = self.driver.take() {
            // A server that hangs would make the exit hooks wait for their whole time.
            self.server.script(Vec::new());
            drop(driver.ended(Duration::from_secs(5)));
            let printed = driver.stderr();
            if !printed.trim().is_empty() {
                return Err(format!("the driver wrote to stderr:\n{}", printed.trim_end()));
            }
        }
        match self.server.seen().violations().first() {
            Some(broken) => Err(format!("a request broke spec/wire.md: {broken}")),
            None => Ok(()),
        }
    }
}

/// Why the answer is not what was wanted; without a wish it must be `ok`.
fn wrong(wanted: &Value, answer: &Value) -> Option<String> {
    if wanted.is_null() {
        return (answer["ok"] != true).then(|| format!("the driver answered {answer}"));
    }
    pattern::mismatch(wanted, answer)
}

/// Asks until nothing is wrong; `None` means nothing new. The last reason is told when the time is over.
fn until(within_ms: u64, mut wrong: impl FnMut() -> Option<Option<String>>) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_millis(within_ms);
    let mut last = "nothing happened".to_owned();
    loop {
        match wrong() {
            Some(None) => return Ok(()),
            Some(Some(why)) => last = why,
            None => {}
        }
        if Instant::now() >= deadline {
            return Err(format!("not within {within_ms} ms: {last}"));
        }
        thread::sleep(Duration::from_millis(2));
    }
}
