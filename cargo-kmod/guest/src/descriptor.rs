// SPDX-License-Identifier: GPL-2.0-only
//! What `std` and `rustix` do not let one do to a file descriptor safely.

use std::io;
use std::os::fd::{AsFd, AsRawFd, IntoRawFd, OwnedFd};
use std::time::Duration;

use crate::guest;

/// `close(2)`, with what it returns: the answer of the file's `flush`.
///
/// # Errors
/// What `close(2)` gives. The descriptor is closed all the same.
pub fn close(file: impl Into<OwnedFd>) -> io::Result<()> {
    guest::require();
    let fd = file.into().into_raw_fd();
    // SAFETY: the descriptor was ours, and nobody uses it any more.
    let ret = unsafe { libc::close(fd) };
    if ret == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

// What of `<fcntl.h>` is not in `libc`; the owner is a `struct f_owner_ex`.
const F_SETSIG: i32 = 10;
const F_SETOWN_EX: i32 = 15;
const F_OWNER_TID: i32 = 0;

/// Signals that a file sends: see [`signals`].
#[derive(Debug)]
pub struct Signals {
    set: libc::sigset_t,
}

/// Asks the file for signals to this thread (`O_ASYNC`), which are held until they are taken.
///
/// # Errors
/// What `fcntl(2)` gives.
pub fn signals(file: impl AsFd) -> io::Result<Signals> {
    guest::require();
    let fd = file.as_fd().as_raw_fd();
    let signal = libc::SIGRTMIN() + 1;
    // SAFETY: all zeroes is a set.
    let mut set: libc::sigset_t = unsafe { std::mem::zeroed() };
    // SAFETY: the set is ours.
    unsafe { libc::sigaddset(&mut set, signal) };
    // SAFETY: the set is ours; no old one is asked for.
    unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &set, std::ptr::null_mut()) };
    // SAFETY: it has no preconditions.
    let thread = unsafe { libc::gettid() };
    let owner = [F_OWNER_TID, thread];
    // SAFETY: the kernel reads the owner, which outlives the call.
    check(unsafe { libc::fcntl(fd, F_SETOWN_EX, &raw const owner) })?;
    // SAFETY: it takes no pointer.
    check(unsafe { libc::fcntl(fd, F_SETSIG, signal) })?;
    set_async(file, true)?;
    Ok(Signals { set })
}

/// Sets or clears `O_ASYNC`.
///
/// # Errors
/// What `fcntl(2)` gives.
pub fn set_async(file: impl AsFd, on: bool) -> io::Result<()> {
    guest::require();
    let fd = file.as_fd().as_raw_fd();
    // SAFETY: it takes no pointer.
    let flags = check(unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    let flags = if on {
        flags | libc::O_ASYNC
    } else {
        flags & !libc::O_ASYNC
    };
    // SAFETY: it takes no pointer.
    check(unsafe { libc::fcntl(fd, libc::F_SETFL, flags) })?;
    Ok(())
}

impl Signals {
    /// The `si_code` (`POLL_IN`, …) of the next signal that has come or comes within 50 ms.
    #[must_use]
    pub fn next(&self) -> Option<i32> {
        let timeout = Duration::from_millis(50);
        let timeout = libc::timespec {
            tv_sec: 0,
            tv_nsec: timeout.as_nanos() as i64,
        };
        // SAFETY: all zeroes is a `siginfo_t`.
        let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
        // SAFETY: all three are ours.
        let signal = unsafe { libc::sigtimedwait(&self.set, &mut info, &timeout) };
        (signal > 0).then_some(info.si_code)
    }
}

fn check(ret: i32) -> io::Result<i32> {
    if ret < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(ret)
}
