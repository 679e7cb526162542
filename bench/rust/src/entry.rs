//! What is logged: a message and five typed fields with the entropy of a real service.

/// What all languages log, one text a line. A real service has few messages.
const MESSAGES: &str = include_str!("../../words/messages.txt");
const PATHS: &str = include_str!("../../words/paths.txt");

/// One call's arguments.
pub struct Entry<'a> {
    /// The message.
    pub message: &'static str,
    /// Follows the number of the call.
    pub user_id: i64,
    /// One of a few.
    pub path: &'static str,
    /// Milliseconds.
    pub duration: f64,
    /// Nearly always true.
    pub ok: bool,
    /// 32 hex digits, hardly ever the same.
    pub trace: &'a str,
}

/// Entries without any work in the measured call: the trace ids are made before.
pub struct Entries {
    messages: Vec<&'static str>,
    paths: Vec<&'static str>,
    traces: Vec<String>,
}

impl Entries {
    /// Prepares 4 096 trace ids.
    pub fn new() -> Self {
        let id = |n: u64| {
            let high = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            format!("{high:016x}{:016x}", high.rotate_left(29).wrapping_mul(0xBF58_476D_1CE4_E5B9))
        };
        Self {
            messages: MESSAGES.lines().collect(),
            paths: PATHS.lines().collect(),
            traces: (1..=4096).map(id).collect(),
        }
    }

    /// The n-th call's entry.
    pub fn get(&self, n: u64) -> Entry<'_> {
        let mixed = n.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32;
        Entry {
            message: self.messages[(mixed % 8) as usize],
            user_id: (mixed % 100_000) as i64,
            path: self.paths[(mixed >> 8) as usize % 8],
            duration: (mixed % 10_000) as f64 / 16.0,
            ok: !mixed.is_multiple_of(50),
            trace: &self.traces[n as usize % 4096],
        }
    }
}
