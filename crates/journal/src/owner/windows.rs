use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};

use windows_sys::Win32::Foundation::{
    ERROR_INVALID_PARAMETER, FILETIME, GetLastError, WAIT_OBJECT_0,
};
use windows_sys::Win32::System::Threading::{
    GetProcessTimes, OpenProcess, PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_SYNCHRONIZE,
    WaitForSingleObject,
};

/// What is to be seen of a process.
pub(super) enum Seen {
    /// There is none with this number, or it has ended and somebody only still holds a handle of it.
    Dead,
    /// It lives since so many steps of 100 ns after the year 1600: no other one on this machine ever had number and start alike.
    Since(u64),
    /// It lives, and is none that we may ask.
    Alive,
}

pub(super) fn look(pid: u32) -> Seen {
    // SAFETY: takes and gives plain numbers; a handle that is not null is open and nobody else's.
    let process = unsafe {
        let handle = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_SYNCHRONIZE, 0, pid);
        if handle.is_null() {
            return match GetLastError() {
                ERROR_INVALID_PARAMETER => Seen::Dead,
                _ => Seen::Alive,
            };
        }
        OwnedHandle::from_raw_handle(handle)
    };
    let [mut created, mut exited, mut kernel, mut user] = [FILETIME::default(); 4];
    // SAFETY: the handle is open until the end of this function and has the rights that both calls need; the four times live
    // through the call that fills them.
    let (ended, told) = unsafe {
        let handle = process.as_raw_handle();
        (
            WaitForSingleObject(handle, 0) == WAIT_OBJECT_0,
            GetProcessTimes(handle, &mut created, &mut exited, &mut kernel, &mut user) != 0,
        )
    };
    match (ended, told) {
        (true, _) => Seen::Dead,
        (false, true) => {
            Seen::Since(u64::from(created.dwHighDateTime) << 32 | u64::from(created.dwLowDateTime))
        }
        (false, false) => Seen::Alive,
    }
}

/// Not told, and not needed: the start is a time of day.
pub(super) fn boot() -> [u8; 16] {
    [0; 16]
}

/// There is one.
pub(super) fn namespace() -> u64 {
    0
}
