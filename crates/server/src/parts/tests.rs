mod bloom;
mod pace;
mod roundtrip;
mod store;
