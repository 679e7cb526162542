//! The crash-safe queue of opaque frames in memory-mapped segments. It never looks into a frame and never touches the network.
