mod slot;
mod socket;
