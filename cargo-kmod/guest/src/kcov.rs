// SPDX-License-Identifier: GPL-2.0-only
//! KCOV: which code the kernel runs for a thread.

use std::fs::OpenOptions;
use std::io;

use crate::ioctl::ioctl;
use crate::mapping::Mapping;

/// How many words a trace has: the first says how many of the others are used.
const WORDS: usize = 1 << 14;
const WORD: usize = size_of::<u64>();

const KCOV_INIT_TRACE: u32 = 0x8008_6301;
const KCOV_ENABLE: u32 = 0x6364;
const KCOV_DISABLE: u32 = 0x6365;
const KCOV_TRACE_PC: usize = 0;

/// Does something, and gives what it gave and the addresses of the code that the kernel ran meanwhile for this
/// thread: of code that is watched, as a module's Rust is wherever there is KCOV.
///
/// # Errors
/// ENOENT on a kernel without `CONFIG_KCOV`; what `ioctl(2)` and `mmap(2)` of its file give.
pub fn coverage<T>(what: impl FnOnce() -> T) -> io::Result<(T, Vec<u64>)> {
    coverage_up_to(WORDS, what)
}

/// The same, with room for so many words less one.
pub(crate) fn coverage_up_to<T>(
    words: usize,
    what: impl FnOnce() -> T,
) -> io::Result<(T, Vec<u64>)> {
    let kcov = OpenOptions::new()
        .read(true)
        .write(true)
        .open("/sys/kernel/debug/kcov")?;
    ioctl(&kcov, KCOV_INIT_TRACE, words)?;
    let trace = Mapping::shared(&kcov, words * WORD)?;
    ioctl(&kcov, KCOV_ENABLE, KCOV_TRACE_PC)?;
    trace.write(0, &0_u64.to_ne_bytes())?;
    let given = what();
    ioctl(&kcov, KCOV_DISABLE, 0)?;
    // Most of it is not used.
    let used = trace.read(0, WORD)?.try_into().unwrap_or_default();
    let used = usize::try_from(u64::from_ne_bytes(used)).unwrap_or(usize::MAX);
    let words = trace.read(WORD, used.min(words - 1) * WORD)?;
    let words = words.chunks_exact(WORD);
    let words = words.map(|bytes| u64::from_ne_bytes(bytes.try_into().unwrap_or_default()));
    Ok((given, words.collect()))
}
