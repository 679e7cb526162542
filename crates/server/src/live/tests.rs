mod bench;
mod slot;
mod socket;
