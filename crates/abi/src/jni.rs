//! The same verbs for `com.distributedlogs.Native`. Everything goes by address, so that only one export asks the JVM for
//! anything, and no thread of ours is ever attached to it.

use jni_sys::{JNIEnv, jclass, jint, jlong, jobject};

use crate::text::input;
use crate::verbs::{
    dlogs_abi_version, dlogs_append, dlogs_append_waiting, dlogs_close, dlogs_flush, dlogs_level,
    dlogs_next_event, dlogs_options, dlogs_release, dlogs_set_level, dlogs_start, dlogs_state,
    dlogs_stats, open,
};
use crate::{guard, status};

/// A text that was written: its length. One that did not fit: its length too, which is above the capacity. Otherwise a status.
fn length_or(status: i32, length: usize) -> jint {
    match status {
        status::OK | status::TOO_SMALL => jint::try_from(length).unwrap_or(jint::MAX),
        other => other,
    }
}

/// Asks a verb that answers with a text.
///
/// # Safety
/// `out` is the address of a direct buffer with `capacity` bytes.
unsafe fn told(
    verb: unsafe extern "C" fn(u64, *mut u8, usize, *mut usize) -> i32,
    handle: jlong,
    out: jlong,
    capacity: jint,
) -> jint {
    let mut length = 0;
    // SAFETY: the caller's promise, handed through; `length` is a number of ours.
    let status =
        unsafe { verb(handle as u64, out as *mut u8, capacity.max(0) as usize, &raw mut length) };
    length_or(status, length)
}

/// `static native int abiVersion()`
#[unsafe(no_mangle)]
pub extern "system" fn Java_com_distributedlogs_Native_abiVersion(
    _: *mut JNIEnv,
    _: jclass,
) -> jint {
    dlogs_abi_version() as jint
}

/// `static native long address(ByteBuffer direct)`: asked once for every buffer; 0 if it is not direct.
///
/// # Safety
/// Called by a JVM, with its own environment and a `java.nio.ByteBuffer`.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_address(
    env: *mut JNIEnv,
    _: jclass,
    buffer: jobject,
) -> jlong {
    if env.is_null() || buffer.is_null() {
        return 0;
    }
    // SAFETY: the JVM hands over its own environment, whose function table lives as long as the JVM.
    unsafe { ((**env).v1_4.GetDirectBufferAddress)(env, buffer) as jlong }
}

/// `static native long open(long config, int length, long out, int capacity)`: the handle, or a status below 0 with the error
/// at `out`: its length as an int, then its bytes.
///
/// # Safety
/// The addresses are those of direct buffers with so much room; `capacity` is at least 4.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_open(
    _: *mut JNIEnv,
    _: jclass,
    config: jlong,
    length: jint,
    out: jlong,
    capacity: jint,
) -> jlong {
    let mut result: jlong = 0;
    let status = guard::guard(|| {
        // SAFETY: the caller's promise, handed through.
        let Some(config) = (unsafe { input(config as *const u8, length.max(0) as usize) }) else {
            return status::BAD_ARGUMENT;
        };
        match open(config) {
            Ok(handle) => {
                result = handle as jlong;
                status::OK
            }
            Err((status, text)) => {
                let mut written = 0usize;
                let room = (capacity.max(4) as usize) - 4;
                // SAFETY: the caller promises `capacity` writable bytes; the first four hold the length.
                unsafe {
                    crate::text::message(&text, (out as *mut u8).add(4), room, &raw mut written);
                    (out as *mut u32).write_unaligned(written as u32);
                }
                status
            }
        }
    });
    if status == status::OK { result } else { status.into() }
}

/// `static native int release(long handle)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_com_distributedlogs_Native_release(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
) -> jint {
    dlogs_release(handle as u64)
}

/// `static native int start(long handle)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_com_distributedlogs_Native_start(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
) -> jint {
    dlogs_start(handle as u64)
}

/// `static native int append(long handle, long body, int length)`
///
/// # Safety
/// `body` is the address of a direct buffer with `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_append(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    body: jlong,
    length: jint,
) -> jint {
    // SAFETY: the caller's promise, handed through.
    unsafe { dlogs_append(handle as u64, body as *const u8, length.max(0) as usize) }
}

/// `static native int appendWaiting(long handle, long body, int length)`
///
/// # Safety
/// As for `append`.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_appendWaiting(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    body: jlong,
    length: jint,
) -> jint {
    // SAFETY: the caller's promise, handed through.
    unsafe { dlogs_append_waiting(handle as u64, body as *const u8, length.max(0) as usize) }
}

/// `static native int level(long handle)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_com_distributedlogs_Native_level(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
) -> jint {
    dlogs_level(handle as u64)
}

/// `static native int setLevel(long handle, int level)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_com_distributedlogs_Native_setLevel(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    level: jint,
) -> jint {
    dlogs_set_level(handle as u64, level)
}

/// `static native int state(long handle)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_com_distributedlogs_Native_state(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
) -> jint {
    dlogs_state(handle as u64)
}

/// `static native long flush(long handle, int timeoutMs)`: how many records still wait, or a status below 0.
#[unsafe(no_mangle)]
pub extern "system" fn Java_com_distributedlogs_Native_flush(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    timeout_ms: jint,
) -> jlong {
    let mut waiting = 0u64;
    // SAFETY: `waiting` is a number of ours.
    let status = unsafe { dlogs_flush(handle as u64, timeout_ms.max(0) as u32, &raw mut waiting) };
    if status == status::OK { waiting as jlong } else { status.into() }
}

/// `static native int close(long handle, int timeoutMs, long report)`: sent, waiting, lost at `report`.
///
/// # Safety
/// `report` is the address of a direct buffer with 24 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_close(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    timeout_ms: jint,
    report: jlong,
) -> jint {
    // SAFETY: the caller's promise, handed through.
    unsafe { dlogs_close(handle as u64, timeout_ms.max(0) as u32, report as *mut u64) }
}

/// `static native int stats(long handle, long out, int capacity)`: the text's length; above `capacity`: nothing was written.
///
/// # Safety
/// `out` is the address of a direct buffer with `capacity` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_stats(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    out: jlong,
    capacity: jint,
) -> jint {
    // SAFETY: the caller's promise, handed through.
    unsafe { told(dlogs_stats, handle, out, capacity) }
}

/// `static native int options(long handle, long out, int capacity)`: as `stats`.
///
/// # Safety
/// As for `stats`.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_options(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    out: jlong,
    capacity: jint,
) -> jint {
    // SAFETY: the caller's promise, handed through.
    unsafe { told(dlogs_options, handle, out, capacity) }
}

/// `static native int nextEvent(long handle, int timeoutMs, long cursor, long out, int capacity)`: the length of the event's
/// JSON, 0 if there was none in time, -100 when the logger is closed and everything was seen.
///
/// # Safety
/// `cursor` is the address of a direct buffer with 8 bytes, `out` of one with `capacity`.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn Java_com_distributedlogs_Native_nextEvent(
    _: *mut JNIEnv,
    _: jclass,
    handle: jlong,
    timeout_ms: jint,
    cursor: jlong,
    out: jlong,
    capacity: jint,
) -> jint {
    let mut length = 0;
    // SAFETY: the caller's promise, handed through; `length` is a number of ours.
    let status = unsafe {
        dlogs_next_event(
            handle as u64,
            timeout_ms.max(0) as u32,
            cursor as *mut u64,
            out as *mut u8,
            capacity.max(0) as usize,
            &raw mut length,
        )
    };
    match status {
        status::ENDED => -100,
        other => length_or(other, length),
    }
}
