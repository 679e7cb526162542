//! Bytes in, text out: borrowed inputs, outputs into the caller's buffer. Nothing is owned across the border.

use crate::status;

/// The caller's bytes, for the time of the call.
///
/// # Safety
/// `data` points to `length` readable bytes that nobody writes during the call, or `length` is 0.
#[inline]
pub(crate) unsafe fn input<'a>(data: *const u8, length: usize) -> Option<&'a [u8]> {
    if length == 0 {
        return Some(&[]);
    }
    if data.is_null() || length > isize::MAX as usize {
        return None;
    }
    // SAFETY: not null, and the caller promises `length` readable bytes that stay as they are during the call.
    Some(unsafe { std::slice::from_raw_parts(data, length) })
}

/// Writes a text into the caller's buffer and its whole length into `needed`. A text that does not fit is not written.
///
/// # Safety
/// `out` points to `capacity` writable bytes or `capacity` is 0; `needed` is null or points to a writable number.
pub(crate) unsafe fn output(text: &str, out: *mut u8, capacity: usize, needed: *mut usize) -> i32 {
    if !needed.is_null() {
        // SAFETY: not null, and the caller promises that it is writable.
        unsafe { needed.write_unaligned(text.len()) };
    }
    if text.len() > capacity {
        return status::TOO_SMALL;
    }
    if !text.is_empty() {
        if out.is_null() {
            return status::BAD_ARGUMENT;
        }
        // SAFETY: `out` has room for `capacity >= text.len()` bytes, and a fresh `&str` cannot overlap the caller's buffer.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), out, text.len()) };
    }
    status::OK
}

/// As [`output`], but cut to what fits, at a character's border: for error messages, which must always arrive.
///
/// # Safety
/// As for [`output`].
pub(crate) unsafe fn message(text: &str, out: *mut u8, capacity: usize, needed: *mut usize) {
    let mut end = text.len().min(capacity);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // SAFETY: handed through.
    unsafe { output(&text[..end], out, capacity, needed) };
}
