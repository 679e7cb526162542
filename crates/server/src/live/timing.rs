//! When the live socket does what. Tests make it hurry.

use std::time::Duration;

/// Intervals and limits of one viewer's connection.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// At most one frame of rows this often.
    pub frame_every: Duration,
    /// A ping this often: a viewer that reads answers it.
    pub ping_every: Duration,
    /// A viewer that took nothing and answered nothing for this long is closed.
    pub stalled_after: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            frame_every: Duration::from_millis(100),
            ping_every: Duration::from_secs(20),
            stalled_after: Duration::from_secs(60),
        }
    }
}
