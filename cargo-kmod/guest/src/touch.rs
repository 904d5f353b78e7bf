// SPDX-License-Identifier: GPL-2.0-only
//! A device's registers, mapped: they are touched as what they are, by child processes, which may be killed for it.

use std::io;
use std::os::fd::AsRawFd;

use crate::Mapping;

/// A child process that touches a mapping. Killed when dropped.
#[derive(Debug)]
pub struct Toucher(i32);

impl Mapping {
    /// Reads the number at `offset` in a child process; `None` if that is killed by `SIGBUS`.
    ///
    /// # Errors
    /// When there can be no child, or another signal killed it.
    ///
    /// # Panics
    /// If it is not aligned, or not within the mapping.
    pub fn load_in_child(&self, offset: usize) -> io::Result<Option<u32>> {
        let place = self.number(offset);
        let (from, to) = std::io::pipe()?;
        let child = Toucher::new(|| {
            // SAFETY: aligned and within the mapping; a child that may not touch it is killed.
            let value = unsafe { place.read_volatile() }.to_ne_bytes();
            // SAFETY: so many bytes are there.
            unsafe { libc::write(to.as_raw_fd(), value.as_ptr().cast(), value.len()) };
        })?;
        drop(to);
        let mut value = [0; 4];
        let read = io::Read::read_exact(&mut &from, &mut value);
        match child.wait()? {
            0 => read.map(|()| Some(u32::from_ne_bytes(value))),
            libc::SIGBUS => Ok(None),
            signal => Err(io::Error::other(format!("signal {signal}"))),
        }
    }

    /// Writes the number at `offset` in a child process; whether that was not killed by `SIGBUS`.
    ///
    /// # Errors
    /// As [`load_in_child`](Self::load_in_child).
    ///
    /// # Panics
    /// As [`load_in_child`](Self::load_in_child).
    pub fn store_in_child(&self, offset: usize, value: u32) -> io::Result<bool> {
        let place = self.number(offset);
        // SAFETY: aligned and within the mapping; a child that may not touch it is killed.
        let child = Toucher::new(|| unsafe { place.write_volatile(value) })?;
        match child.wait()? {
            0 => Ok(true),
            libc::SIGBUS => Ok(false),
            signal => Err(io::Error::other(format!("signal {signal}"))),
        }
    }

    /// Reads the number at `offset` in a child process, again and again.
    ///
    /// # Errors
    /// When there can be no child.
    ///
    /// # Panics
    /// As [`load_in_child`](Self::load_in_child).
    pub fn load_until_killed(&self, offset: usize) -> io::Result<Toucher> {
        let place = self.number(offset);
        Toucher::new(|| {
            loop {
                // SAFETY: aligned and within the mapping; a child that may not touch it is killed.
                unsafe { place.read_volatile() };
            }
        })
    }

    fn number(&self, offset: usize) -> *mut u32 {
        let place = self.at(offset, 4).cast::<u32>();
        assert!(place.is_aligned());
        place
    }
}

impl Toucher {
    fn new(touch: impl FnOnce()) -> io::Result<Self> {
        // SAFETY: what follows in the child is async-signal-safe: it touches memory, and writes.
        match unsafe { libc::fork() } {
            0 => {
                touch();
                // SAFETY: it ends the process at once.
                unsafe { libc::_exit(0) }
            }
            child if child < 0 => Err(io::Error::last_os_error()),
            child => Ok(Self(child)),
        }
    }

    /// Waits until it ends: the signal that killed it, or 0.
    ///
    /// # Errors
    /// What `waitpid(2)` gives.
    pub fn wait(self) -> io::Result<i32> {
        let mut how = 0;
        // SAFETY: a child of ours; one number, ours.
        let waited = unsafe { libc::waitpid(self.0, &mut how, 0) };
        std::mem::forget(self);
        if waited < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(libc::WTERMSIG(how))
    }
}

impl Drop for Toucher {
    fn drop(&mut self) {
        // SAFETY: a child of ours that was not waited for.
        unsafe { libc::kill(self.0, libc::SIGKILL) };
        // SAFETY: nobody has waited for it, so that the number is still its; nothing is asked of it.
        unsafe { libc::waitpid(self.0, std::ptr::null_mut(), 0) };
    }
}
