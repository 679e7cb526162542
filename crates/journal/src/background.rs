//! How the threads that send and prepare stay out of the way of those that log.

/// Tells the scheduler that the calling thread does background work: it runs as often as before, but when it wakes it never
/// takes the processor from a thread that is in the middle of a log call (`SCHED_BATCH`, sched(7); on Windows a priority below
/// normal, which the system raises for whom it kept waiting). For the thread that reads and sends, and for the one that prepares
/// segments. Where the system knows no such thing, nothing happens.
pub fn run_in_background() {
    #[cfg(target_os = "linux")]
    {
        // What the kernel calls its parameters is this number alone; the policy has no priority of its own.
        let priority: libc::c_int = 0;
        // The kernel itself: musl answers this call with ENOSYS, because the kernel takes a thread where POSIX says a process.
        // SAFETY: 0 is the calling thread, and the number lives through the call, which only reads it.
        unsafe {
            libc::syscall(libc::SYS_sched_setscheduler, 0, libc::SCHED_BATCH, &raw const priority)
        };
    }
    #[cfg(windows)]
    {
        use windows_sys::Win32::System::Threading::{
            GetCurrentThread, SetThreadPriority, THREAD_PRIORITY_BELOW_NORMAL,
        };
        // SAFETY: the first call gives a number that stands for the calling thread and need not be closed.
        unsafe { SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL) };
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn the_thread_is_one_that_preempts_nobody_and_no_other_thread_is_changed() {
        let policy = || {
            let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
            let fields: Vec<_> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
            // Field 41 of proc_pid_stat(5); the first one here is the third.
            fields[38].parse::<i32>().unwrap()
        };
        let before = policy();
        let changed = std::thread::spawn(move || {
            super::run_in_background();
            policy()
        });
        assert_eq!(changed.join().unwrap(), 3);
        assert_eq!(policy(), before);
    }
}
