//! The client's verbs as C functions and JNI exports: handles, borrowed inputs, caller's buffers. It decides nothing.

mod guard;
mod handle;
pub mod jni;
pub mod status;
mod stay;
mod text;
pub mod verbs;
