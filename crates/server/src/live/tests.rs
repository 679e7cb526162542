mod audience;
mod bench;
mod inbox;
mod slot;
mod socket;
