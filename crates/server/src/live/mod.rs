//! Shows records as they are stored: rows within a budget, exact counts of the rest. It never holds up the writer.

mod audience;
mod bucket;
pub mod frames;
pub mod hub;
mod inbox;
pub mod rooms;
mod sample;
pub mod shown;
pub mod slot;
mod socket;
mod tail;
#[cfg(test)]
mod tests;
pub mod timing;
pub mod view;

pub use rooms::Rooms;
pub use timing::Timing;
