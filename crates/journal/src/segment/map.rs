//! The mapped bytes of a segment. Everything that two threads may touch at once is an atomic word; no slice into it ever exists.
//! All `unsafe` about mapped memory is in this file.

use std::{fs::File, io};

use memmap2::{MmapOptions, MmapRaw};

use crate::sync::{AtomicU32, AtomicU64, Ordering};

#[cfg(target_endian = "big")]
compile_error!(
    "the journal's words are written as the machine writes them, and the format is little-endian"
);

const WORD: usize = size_of::<u64>();
const PAGE: usize = 4096;
#[cfg(target_arch = "x86_64")]
const CACHE_LINE: usize = 64;

/// One mapping, readable and writable, whose length is a multiple of 4 096.
pub(crate) struct Memory {
    map: MmapRaw,
    file_backed: bool,
}

impl Memory {
    /// Maps a file that is preallocated to its whole length: a page without a block behind it would be a SIGBUS.
    pub(crate) fn of_file(file: &File) -> io::Result<Self> {
        let map = MmapOptions::new().map_raw(file)?;
        let memory = Self { map, file_backed: true };
        memory.populate();
        Ok(memory)
    }

    /// Zeros that belong to this process alone.
    pub(crate) fn anonymous(bytes: usize) -> io::Result<Self> {
        let map = MmapOptions::new().len(bytes).map_anon()?.into();
        let memory = Self { map, file_backed: false };
        memory.populate();
        Ok(memory)
    }

    pub(crate) fn len(&self) -> usize {
        self.map.len()
    }

    /// Takes the page faults now, with write access, instead of in somebody's append.
    fn populate(&self) {
        #[cfg(target_os = "linux")]
        if self.map.advise(memmap2::Advice::PopulateWrite).is_ok() {
            return;
        }
        for at in (0..self.len()).step_by(PAGE) {
            self.u64_at(at).fetch_or(0, Ordering::Relaxed);
        }
    }

    /// Takes the pages out of this process's resident memory; the kernel keeps them and what is in them.
    pub(crate) fn cool(&self) {
        #[cfg(target_os = "linux")]
        if self.file_backed {
            // SAFETY: the mapping is shared with a file, so that dropping the pages' entries loses no byte: the next access
            // maps the same page of the page cache again. Anonymous memory, which would be zeroed, is excluded above.
            let _ = unsafe { self.map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    }

    /// Waits until everything is on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        if self.file_backed { self.map.flush() } else { Ok(()) }
    }

    #[inline]
    pub(crate) fn u64_at(&self, at: usize) -> &AtomicU64 {
        assert!(at.is_multiple_of(WORD) && at < self.map.len());
        // SAFETY: the assertion keeps the word inside the mapping (whose length is a multiple of 8) and aligned, for
        // mappings begin at a page. The mapping lives as long as `self`.
        unsafe { AtomicU64::from_ptr(self.map.as_mut_ptr().add(at).cast()) }
    }

    #[inline]
    pub(crate) fn u32_at(&self, at: usize) -> &AtomicU32 {
        assert!(at.is_multiple_of(4) && at < self.map.len());
        // SAFETY: as in `u64_at`, with 4 for 8. A word may be accessed here as half of what `u64_at` gave elsewhere; the
        // compiler sees neither, and the machines we run on order mixed sizes on one naturally aligned word.
        unsafe { AtomicU32::from_ptr(self.map.as_mut_ptr().add(at).cast()) }
    }

    /// So many words from `at` on.
    #[inline]
    fn words(&self, at: usize, count: usize) -> &[AtomicU64] {
        assert!(at.is_multiple_of(WORD) && at <= self.len() && count <= (self.len() - at) / WORD);
        // SAFETY: the assertion keeps all of them inside the mapping and aligned, and a shared slice of atomics claims nothing
        // about who else stores into them. The mapping lives as long as `self`.
        unsafe { std::slice::from_raw_parts(self.map.as_mut_ptr().add(at).cast(), count) }
    }

    /// Stores bytes where this thread alone writes: in a frame that it reserved, or a header that nobody has seen.
    #[inline]
    pub(crate) fn store(&self, at: usize, bytes: &[u8]) {
        assert!(at <= self.len() && bytes.len() <= self.len() - at);
        // SAFETY: the assertion keeps the copy inside the mapping, and no slice into the mapping ever exists, so that it
        // overlaps with nothing. Readers read a frame after its commit, which orders this copy before them. The one other
        // who may look is the search behind a frame that was killed while its writer was stopped: it loads and changes
        // single words atomically, trusts none of them before a copy of them has passed the check, and the writer,
        // killed, trusts nothing that it wrote.
        unsafe {
            self.map.as_mut_ptr().add(at).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len())
        }
    }

    /// Asks for the cache lines of `bytes` bytes from `at`, to be written soon. A store into a line that is still elsewhere holds
    /// up the next locked instruction until it has come.
    #[inline]
    pub(crate) fn expect_stores(&self, at: usize, bytes: usize) {
        #[cfg(target_arch = "x86_64")]
        for at in (at..(at + bytes).min(self.len())).step_by(CACHE_LINE) {
            // SAFETY: the address is inside the mapping; the instruction is a hint that neither reads, nor writes, nor faults,
            // and processors without it do nothing.
            unsafe {
                std::arch::asm!("prefetchw [{line}]", line = in(reg) self.map.as_mut_ptr().add(at),
                    options(nostack, preserves_flags));
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = (at, bytes);
    }

    /// Appends `bytes` bytes from `at` to `out`; both are multiples of 8.
    pub(crate) fn load(&self, at: usize, bytes: usize, out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + bytes, 0);
        let (to, _) = out[start..].as_chunks_mut::<WORD>();
        for (to, word) in to.iter_mut().zip(self.words(at, bytes / WORD)) {
            *to = word.load(Ordering::Relaxed).to_ne_bytes();
        }
    }

    /// Zeros everything from `from` on. Exclusive access shows that nobody reads or writes there.
    pub(crate) fn zero(&mut self, from: usize) {
        assert!(from <= self.len());
        // SAFETY: inside the mapping by the assertion; `&mut self` excludes every other access of this process, and no
        // other process touches the segments of a living one.
        unsafe { self.map.as_mut_ptr().add(from).write_bytes(0, self.len() - from) }
    }
}
