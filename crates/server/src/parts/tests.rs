mod bloom;
mod roundtrip;
mod store;
