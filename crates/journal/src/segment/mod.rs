//! One segment of the living stream: a mapped header and frames behind it. It never decides when it is made, reused or removed.

pub(crate) mod commit;
pub(crate) mod header;
pub(crate) mod layout;
mod live;
pub(crate) mod map;
pub(crate) mod reserve;

pub(crate) use live::Segment;
