mod bloom;
mod hybrid;
mod pace;
mod roundtrip;
mod store;
