//! Turns of a sender with a scripted transport and a clock of its own.
