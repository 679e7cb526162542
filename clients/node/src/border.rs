//! Node-API, the only unsafe code here. Decides nothing: it reads arguments, calls a verb, and hands back its answer.
//!
//! A record crosses with one small number, which says how long the body is that JavaScript has written into a buffer that it lent
//! once, and with those of its texts that are too long for a loop in JavaScript: their bytes are written here.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ffi::{CString, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::ptr::{null, null_mut};
use std::slice;
use std::sync::Once;

use napi_sys::*;

use crate::scratch::{self, MAX_TEXTS, SCRATCH_BYTES, Units};
use crate::verbs::{Answer, Argument, Environment, VERBS, Verb};

/// What one environment has. Lives as long as the environment does.
#[derive(Default)]
struct Room {
    environment: Environment,
    /// The buffers that were lent, by number.
    scratches: RefCell<Vec<Scratch>>,
    /// The text that is being read.
    units: RefCell<Units>,
    /// The body that is being appended, where it does not fit into the gaps of its buffer.
    widened: RefCell<Vec<u8>>,
}

/// A buffer of JavaScript's. A reference keeps it alive, at its place, as long as the environment lives.
struct Scratch {
    start: *mut u8,
    length: usize,
}

/// A running call: its arguments (a missing one is `undefined`), and what its function is bound to.
struct Given<const N: usize> {
    env: napi_env,
    values: [napi_value; N],
    data: *mut c_void,
}

/// Called by Node for every environment that loads the addon.
///
/// # Safety
/// Node gives a living environment and the object of the exports.
#[unsafe(no_mangle)]
unsafe extern "C" fn napi_register_module_v1(env: napi_env, exports: napi_value) -> napi_value {
    static ONCE: Once = Once::new();
    // The library never prints; the hook of this copy of Rust's library would.
    ONCE.call_once(|| set_hook(Box::new(|_| {})));
    let room = Box::into_raw(Box::<Room>::default()).cast::<c_void>();
    // SAFETY: `room` came from a Box of the type that `forget_room` frees, and Node calls that once, when no function of
    // this environment can run any more.
    unsafe { napi_set_instance_data(env, room, Some(forget_room), null_mut()) };
    // SAFETY: `env` and `exports` are alive. The data of the verbs is their row of a static table.
    unsafe {
        add(env, exports, "append", Some(append::<false>), room);
        add(env, exports, "appendWaiting", Some(append::<true>), room);
        add(env, exports, "filled", Some(filled), room);
        add(env, exports, "lend", Some(lend), null_mut());
        for (name, verb) in VERBS {
            add(env, exports, name, Some(call), (&raw const *verb).cast_mut().cast());
        }
    }
    exports
}

/// # Safety
/// `env` and `exports` are alive; `data` is what `function` expects, and lives as long as the environment.
unsafe fn add(
    env: napi_env,
    exports: napi_value,
    name: &str,
    function: napi_callback,
    data: *mut c_void,
) {
    let mut value = null_mut();
    let Ok(property) = CString::new(name) else { return };
    // SAFETY: the caller's promise; the name's pointer and length are those of a living text.
    unsafe {
        let length = name.len() as isize;
        napi_create_function(env, name.as_ptr().cast(), length, function, data, &mut value);
        napi_set_named_property(env, exports, property.as_ptr(), value);
    }
}

unsafe extern "C" fn forget_room(_: napi_env, room: *mut c_void, _: *mut c_void) {
    // SAFETY: `room` is the box of `napi_register_module_v1`, freed here and nowhere else. Closing what is still open must
    // not unwind into C.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(unsafe { Box::from_raw(room.cast::<Room>()) })));
}

/// # Safety
/// `info` belongs to the call that Node is making in `env`.
unsafe fn given<const N: usize>(env: napi_env, info: napi_callback_info) -> Given<N> {
    let mut given = Given::new(env);
    // SAFETY: the caller's promise.
    unsafe { given.read(info) };
    given
}

impl<const N: usize> Given<N> {
    fn new(env: napi_env) -> Self {
        Self { env, values: [null_mut(); N], data: null_mut() }
    }

    /// Node writes to where the values stay: to copy them is to wait for each store.
    ///
    /// # Safety
    /// `info` belongs to the call that Node is making in this environment.
    #[inline]
    unsafe fn read(&mut self, info: napi_callback_info) {
        let (mut count, values) = (N, self.values.as_mut_ptr());
        // SAFETY: the caller's promise; `values` has room for `count` values, and Node fills what is missing.
        unsafe {
            napi_get_cb_info(self.env, info, &mut count, values, null_mut(), &mut self.data);
        }
    }

    /// The room of the environment that the call is made in.
    fn room(&self) -> Option<&Room> {
        let mut room = null_mut();
        // SAFETY: `env` is that of the running call, and its data is the room, or null where registration failed.
        unsafe {
            napi_get_instance_data(self.env, &mut room);
            room.cast::<Room>().as_ref()
        }
    }

    /// A small number; what is none is beyond every handle and every length.
    #[inline]
    fn small(&self, place: usize) -> usize {
        let mut number = u32::MAX;
        if let Some(value) = self.values.get(place) {
            // SAFETY: `env` and the value belong to the running call. Where it is no number nothing is written.
            unsafe { napi_get_value_uint32(self.env, *value, &mut number) };
        }
        number as usize
    }

    /// A text, as far as there is room for it: so many units of UTF-16. What is no text has none.
    #[inline]
    fn units(&self, place: usize, units: &mut Units) -> usize {
        let mut length = 0;
        if let Some(value) = self.values.get(place) {
            // SAFETY: `env` and the value belong to the running call; Node writes at most so many units, the last one zero.
            unsafe {
                let room = units.len();
                let start = units.as_mut_ptr();
                napi_get_value_string_utf16(self.env, *value, start, room, &mut length);
            }
        }
        length
    }

    fn argument(&self, place: usize) -> Argument {
        let Some(value) = self.values.get(place).copied() else { return Argument::Nothing };
        let (mut kind, mut is_buffer) = (ValueType::napi_undefined, false);
        // SAFETY: `env` and the value belong to the running call; the results are written into living variables.
        unsafe {
            napi_typeof(self.env, value, &mut kind);
            napi_is_buffer(self.env, value, &mut is_buffer);
        }
        match kind {
            ValueType::napi_number => {
                let mut number = 0.0;
                // SAFETY: as above, and the value is a number.
                unsafe { napi_get_value_double(self.env, value, &mut number) };
                Argument::Number(number)
            }
            ValueType::napi_string => {
                let mut length = 0;
                // SAFETY: as above; without a buffer only the length is written.
                unsafe {
                    napi_get_value_string_utf8(self.env, value, null_mut(), 0, &mut length);
                }
                let mut bytes = vec![0_u8; length + 1];
                // SAFETY: as above; the buffer has room for the text and the zero that Node adds.
                unsafe {
                    let start = bytes.as_mut_ptr().cast();
                    napi_get_value_string_utf8(self.env, value, start, bytes.len(), &mut length);
                }
                bytes.truncate(length);
                Argument::Text(String::from_utf8_lossy(&bytes).into_owned())
            }
            _ if is_buffer => {
                let scratch = self.buffer(value);
                if scratch.start.is_null() || scratch.length == 0 {
                    return Argument::Bytes(Vec::new());
                }
                // SAFETY: Node says that so many bytes lie there; no JavaScript runs until they are copied.
                let bytes = unsafe { slice::from_raw_parts(scratch.start, scratch.length) };
                Argument::Bytes(bytes.to_vec())
            }
            _ => Argument::Nothing,
        }
    }

    fn buffer(&self, value: napi_value) -> Scratch {
        let (mut start, mut length) = (null_mut(), 0);
        // SAFETY: `env` and the value belong to the running call. Where it is no buffer nothing is written.
        unsafe { napi_get_buffer_info(self.env, value, &mut start, &mut length) };
        Scratch { start: start.cast(), length }
    }
}

/// The body that a call names, complete, for `work`. `None`: what is named is no body.
///
/// # Safety
/// `given` is a running call of a function whose data is the [`Room`].
#[inline]
unsafe fn body<T>(
    given: &Given<{ 1 + MAX_TEXTS }>,
    work: impl FnOnce(&Room, scratch::Body<'_>) -> T,
) -> Option<T> {
    // SAFETY: the room lives as long as the environment.
    let room = unsafe { &*given.data.cast::<Room>() };
    let number = given.small(0);
    let scratches = room.scratches.borrow();
    let lent = scratches.get(number / SCRATCH_BYTES)?;
    let end = number % SCRATCH_BYTES;
    if end > lent.length {
        return None;
    }
    // SAFETY: the buffer was lent for good and has so many bytes; no JavaScript, and so nobody else who looks there, runs
    // during this call.
    let bytes = unsafe { slice::from_raw_parts_mut(lent.start, end) };
    let (mut units, mut widened) = (room.units.borrow_mut(), room.widened.borrow_mut());
    let text = |place: usize, units: &mut Units| given.units(1 + place, units);
    let body = scratch::filled(bytes, &mut units, &mut widened, text)?;
    Some(work(room, body))
}

/// `append(scratch and length, …texts)`: the record that lies in a lent buffer. Nothing: accepted; else the outcome's number.
///
/// # Safety
/// Called by Node, with the [`Room`] as data.
unsafe extern "C" fn append<const WAIT: bool>(
    env: napi_env,
    info: napi_callback_info,
) -> napi_value {
    let mut given = Given::new(env);
    // SAFETY: Node's promise, handed through.
    unsafe { given.read(info) };
    // A panic must not cross into C: it is a defect of ours, and the record is refused.
    let refused = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: the data of this function is the room.
        let outcome = unsafe {
            body(&given, |room, body| {
                room.environment.loggers.append(body.handle, body.bytes, WAIT)
            })
        };
        outcome.unwrap_or(Some(-1))
    }))
    .unwrap_or(Some(-1));
    match refused {
        // Node makes `undefined` of it, which costs nothing.
        None => null_mut(),
        Some(number) => answered(env, Answer::Number(number.into())),
    }
}

/// `filled(scratch and length, …texts)`: a copy of the record that `append` would append, for tests.
///
/// # Safety
/// Called by Node, with the [`Room`] as data.
unsafe extern "C" fn filled(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node's promise, handed through.
    let given = unsafe { given(env, info) };
    let copied = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: the data of this function is the room.
        unsafe { body(&given, |_, body| body.bytes.to_vec()) }
    }));
    let mut value = null_mut();
    if let Ok(Some(bytes)) = copied {
        let start = bytes.as_ptr().cast();
        // SAFETY: `env` is that of the running call; Node copies so many bytes from a living vector.
        unsafe { napi_create_buffer_copy(env, bytes.len(), start, null_mut(), &mut value) };
    }
    value
}

/// `lend(buffer)`: a buffer for bodies, for as long as the environment lives; its number.
///
/// # Safety
/// Called by Node.
unsafe extern "C" fn lend(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node's promise, handed through.
    let given = unsafe { given::<1>(env, info) };
    let scratch = given.buffer(given.values[0]);
    let mut reference = null_mut();
    // SAFETY: `env` and the value belong to the running call. The reference is never given back, so that the buffer stays.
    let status = unsafe { napi_create_reference(env, given.values[0], 1, &mut reference) };
    match given.room() {
        Some(room) if !scratch.start.is_null() && status == Status::napi_ok => {
            let mut scratches = room.scratches.borrow_mut();
            scratches.push(scratch);
            answered(env, Answer::Number((scratches.len() - 1) as f64))
        }
        _ => answered(env, Answer::Error("lend: a buffer is missing".to_owned())),
    }
}

/// Any other verb.
///
/// # Safety
/// Called by Node, with a [`Verb`] of the static table as data.
unsafe extern "C" fn call(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node's promise, handed through.
    let given = unsafe { given::<2>(env, info) };
    // SAFETY: the data of these functions points into a static table.
    let verb = unsafe { *given.data.cast::<Verb>() };
    let Some(room) = given.room() else { return null_mut() };
    let arguments = [given.argument(0), given.argument(1)];
    let answer = catch_unwind(AssertUnwindSafe(|| verb(&room.environment, &arguments)));
    let defect = || Answer::Error("a defect in the native half".to_owned());
    answered(env, answer.unwrap_or_else(|_| defect()))
}

/// An answer as a value of the running call's.
fn answered(env: napi_env, answer: Answer) -> napi_value {
    let mut value = null_mut();
    match answer {
        Answer::Nothing => {}
        // SAFETY (all three): `env` is that of the running call, and texts are given with their length or a closing zero.
        Answer::Number(number) => unsafe {
            napi_create_double(env, number, &mut value);
        },
        Answer::Text(text) => unsafe {
            napi_create_string_utf8(env, text.as_ptr().cast(), text.len() as isize, &mut value);
        },
        Answer::Error(text) => unsafe {
            let text = CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default();
            napi_throw_error(env, null(), text.as_ptr());
        },
    }
    value
}
