// SPDX-License-Identifier: GPL-2.0-only
//! Files whose content is made when they are read: the kernel's `seq_file`.

use core::fmt;
use core::marker::PhantomData;

use kmod_bindings as bindings;

use crate::error::Result;
use crate::error::code::EINVAL;

/// What a `show` function writes its file's content to.
///
/// Text is written with `write!(to, "…")?` and `writeln!(to, "…")?`. The kernel keeps the content
/// for the file that is open, so that several small `read(2)` fit together. If it gets longer than
/// the kernel's buffer, the kernel takes a larger one and calls `show` again.
///
/// # Invariants
///
/// `file` is what the kernel gave to a running `show` function, which the value does not outlive.
pub struct SeqFile<'a> {
    file: *mut bindings::seq_file,
    call: PhantomData<&'a mut ()>,
}

impl SeqFile<'_> {
    /// The file of a call.
    ///
    /// # Safety
    ///
    /// The kernel gave `file` to a `show` function, and the value is gone when that returns.
    pub(crate) unsafe fn new(file: *mut bindings::seq_file) -> Self {
        // INVARIANT: The kernel gave it to a running `show`, which the value does not outlive (`new`'s contract).
        Self {
            file,
            call: PhantomData,
        }
    }

    /// Adds bytes to the content.
    pub fn write(&mut self, data: &[u8]) {
        // SAFETY: The file is the running call's (invariant). That the buffer is full is written
        // down in the file, and the caller of `show` looks there.
        unsafe { bindings::seq_write(self.file, data.as_ptr().cast(), data.len()) };
    }

    /// Adds text to the content; `write!` and `writeln!` call this.
    ///
    /// # Errors
    ///
    /// `EINVAL` if a `Display` of the arguments fails.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result {
        struct TextWriter<'w, 'a>(&'w mut SeqFile<'a>);

        impl fmt::Write for TextWriter<'_, '_> {
            fn write_str(&mut self, piece: &str) -> fmt::Result {
                self.0.write(piece.as_bytes());
                Ok(())
            }
        }

        fmt::write(&mut TextWriter(self), text).map_err(|_| EINVAL)
    }
}
