/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A log message.
    Log = 0,
    /// A custom event: the message is the event's name.
    Event = 1,
}

impl Kind {
    /// The kind with this wire number, if there is one.
    pub const fn from_u8(number: u8) -> Option<Kind> {
        match number {
            0 => Some(Kind::Log),
            1 => Some(Kind::Event),
            _ => None,
        }
    }
}
