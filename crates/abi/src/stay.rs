//! Keeps the library in the process: its threads outlive whoever closes it (class loaders, plug-ins, load contexts).

/// From now on the system lets nobody unload the library.
#[cfg(windows)]
pub(crate) fn stay() {
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN, GetModuleHandleExW,
    };
    const HOW: u32 = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN;
    let here: fn() = stay;
    let mut module = std::ptr::null_mut();
    // SAFETY: with this flag the second argument is not a name but any address in the library, and that of a function of it is one.
    // The handle that is written is not used: one that pins is not counted.
    unsafe { GetModuleHandleExW(HOW, here as *const u16, &raw mut module) };
}

/// On Linux the library is linked as one that is never unloaded (build.rs).
#[cfg(not(windows))]
pub(crate) fn stay() {}
