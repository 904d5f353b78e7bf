// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls of the module's own making.

use core::convert::Infallible;
use core::ffi::c_int;
use core::fmt;
use core::slice;

use super::cell::{Call, SysctlCell};
use crate::error::Result;

/// A type that serves its sysctl itself.
pub trait Sysctl: Send + Sync + 'static {
    /// Serves a `read(2)`: [text](SysctlWriter::text) or [bytes](SysctlWriter::bytes).
    ///
    /// # Errors
    /// What `read(2)` is to fail with.
    fn read(&self, to: &mut SysctlWriter<'_>) -> Result;

    /// Serves a `write(2)`, of which all bytes are here.
    ///
    /// # Errors
    /// What `write(2)` is to fail with; EINVAL for a value that is not taken.
    fn write(&self, data: &[u8]) -> Result;
}

/// Where a read puts its result.
///
/// # Invariants
/// `done <= room.len()`.
pub struct SysctlWriter<'a> {
    room: &'a mut [u8],
    done: usize,
    /// What of the text a read before this one has had.
    skip: u64,
}

impl<'a> SysctlWriter<'a> {
    /// A writer for a read at the offset `pos`.
    pub(super) fn new(room: &'a mut [u8], pos: u64) -> Self {
        Self {
            room,
            done: 0,
            skip: pos,
        }
    }

    /// How many bytes the reader still asks for.
    pub fn room(&self) -> usize {
        self.room.len() - self.done
    }

    /// How many bytes this read gives.
    pub(super) fn done(&self) -> usize {
        self.done
    }

    /// Gives text that has an end, as other sysctls do: a read goes on where the one before it
    /// ended, and `cat` comes to the end. Write the whole text at every read, with its newline;
    /// `write!` does the same.
    pub fn text(&mut self, text: &str) {
        let skip = self.skip.min(text.len() as u64);
        self.skip -= skip;
        self.bytes(text.as_bytes().get(skip as usize..).unwrap_or_default());
    }

    /// Gives bytes, whatever was read before: a source that never ends.
    pub fn bytes(&mut self, bytes: &[u8]) {
        let room = self.room.get_mut(self.done..).unwrap_or_default();
        let length = bytes.len().min(room.len());
        for (to, from) in room.iter_mut().zip(bytes) {
            *to = *from;
        }
        self.done += length;
    }

    /// Gives as many bytes as are asked for, by having `fill` write them in place.
    ///
    /// # Errors
    /// What `fill` returns; then nothing is given.
    pub fn fill(&mut self, fill: impl FnOnce(&mut [u8]) -> Result) -> Result {
        fill(self.room.get_mut(self.done..).unwrap_or_default())?;
        self.done = self.room.len();
        Ok(())
    }
}

impl fmt::Write for SysctlWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text(text);
        Ok(())
    }
}

impl<T: Sysctl> SysctlCell for T {
    type Value = Infallible;

    fn handle(&self, _: Option<(Infallible, Infallible)>, call: &mut Call) -> c_int {
        // SAFETY: The kernel passes a valid pointer (invariant of `Call`).
        let length = unsafe { &mut *call.0.lenp };
        // SAFETY: As above, and to something else.
        let pos = unsafe { &mut *call.0.ppos };
        let buffer = call.0.buffer.cast::<u8>();
        let outcome = if call.0.write != 0 {
            // SAFETY: Since 5.8 the buffer is the kernel's, with `*lenp` bytes of the user's.
            let data = unsafe { slice::from_raw_parts(buffer, *length) };
            self.write(data).map(|()| data.len())
        } else {
            // SAFETY: Since 5.8 the buffer is the kernel's, zeroed, with room for `*lenp` bytes.
            let room = unsafe { slice::from_raw_parts_mut(buffer, *length) };
            let mut writer = SysctlWriter::new(room, u64::try_from(*pos).unwrap_or(0));
            self.read(&mut writer).map(|()| writer.done())
        };
        match outcome {
            Ok(done) => {
                *length = done;
                *pos = pos.saturating_add(done as i64);
                0
            }
            Err(error) => error.to_errno(),
        }
    }
}
