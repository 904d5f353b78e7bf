// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls of the module's own making.

use core::fmt;
use core::ops::Deref;

use super::{Call, How, NoRange, SysctlCell};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::ModuleState;
use crate::str::append;
use crate::sync::Shared;
use crate::task::Caller;

/// A type of the module's own that is read and written through `/proc/sys`.
///
/// ```
/// use kmod_core::prelude::*;
///
/// #[derive(Default)]
/// struct Uptime(AtomicU64);
///
/// impl Sysctl for Uptime {
///     type Module = ();
///
///     fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
///         writeln!(to, "{} s", self.0.load(Ordering::Relaxed))
///     }
/// }
/// ```
///
/// Which of the two functions is called at all is for the file's `mode` to decide: not even root
/// can write to a file of `mode = 0o444`.
#[diagnostic::on_unimplemented(
    message = "a sysctl cannot be a `{Self}`",
    label = "not a type for `#[sysctl]`",
    note = "use an atomic of `core::sync::atomic`, an array of atomic integers, a \
            `SysctlString` or a `Setting`, or `impl Sysctl for {Self}`"
)]
pub trait Sysctl: Shared {
    /// The module whose state the functions use; `()` for none.
    type Module: ModuleState;

    /// Serves a `read(2)`, by text or by bytes.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn read(&self, module: &Self::Module, to: &mut SysctlWriter<'_>) -> Result {
        let _ = (module, to);
        Err(EINVAL)
    }

    /// Takes all bytes of a `write(2)`; text usually comes with a newline.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn write(&self, module: &Self::Module, data: &SysctlReader<'_>) -> Result {
        let _ = (module, data);
        Err(EINVAL)
    }
}

// SAFETY: The kernel's handlers take it for nothing.
#[diagnostic::do_not_recommend]
unsafe impl<T: Sysctl> SysctlCell for T {
    type Module = T::Module;
    type Value = NoRange;

    fn handle(&self, module: &T::Module, call: &mut Call<'_>, _: &How<NoRange>) -> Result {
        let n = if call.len() == 0 {
            0
        } else if call.is_write() {
            let from = SysctlReader(call.buffer());
            self.write(module, &from)?;
            from.len()
        } else {
            let mut to = SysctlWriter {
                text_is_over: call.pos() != 0,
                buffer: call.buffer(),
                written: 0,
            };
            self.read(module, &mut to)?;
            to.written
        };
        call.finish(n);
        Ok(())
    }
}

/// What a `write(2)` gives a sysctl: its bytes, as a slice.
///
/// ```
/// use kmod_core::prelude::*;
/// use kmod_core::str::parse;
/// use kmod_core::task::capability::CAP_SYS_TIME;
///
/// struct Offset(AtomicI32);
///
/// impl Sysctl for Offset {
///     type Module = ();
///
///     fn write(&self, _module: &(), data: &SysctlReader<'_>) -> Result {
///         if !data.caller().capable(CAP_SYS_TIME) {
///             return Err(EPERM);
///         }
///         self.0.store(parse(data)?, Ordering::Relaxed);
///         Ok(())
///     }
/// }
/// ```
pub struct SysctlReader<'a>(&'a [u8]);

impl SysctlReader<'_> {
    /// The task that writes.
    pub fn caller(&self) -> Caller<'_> {
        Caller::new()
    }
}

impl Deref for SysctlReader<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0
    }
}

impl AsRef<[u8]> for SysctlReader<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0
    }
}

/// What a `read(2)` of a sysctl gives, at most as much as it asks for.
///
/// Text, by `write!(to, "…")?` and `writeln!(to, "…")?`, is there at the file's start only, as a
/// number's is: the next `read(2)` of the same open file is its end, and a buffer that is too small
/// gets the text's beginning. Bytes have no end: what [`bytes`](Self::bytes) and
/// [`fill`](Self::fill) give is new at every read, as from a source of random numbers.
///
/// # Invariants
///
/// `written` is at most the buffer's length.
pub struct SysctlWriter<'a> {
    buffer: &'a mut [u8],
    written: usize,
    /// The file's start was read before.
    text_is_over: bool,
}

impl SysctlWriter<'_> {
    /// Whether this is the first read of an open file, or one of its beginning. Text is given to
    /// no other read.
    pub fn is_at_start(&self) -> bool {
        !self.text_is_over
    }

    /// The task that reads.
    pub fn caller(&self) -> Caller<'_> {
        Caller::new()
    }

    /// How many bytes still have room.
    pub fn len(&self) -> usize {
        self.buffer.len() - self.written
    }

    /// Whether there is no room left.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives as much of `data` as there is room for, wherever in the file the reader is.
    pub fn bytes(&mut self, data: &[u8]) {
        append(self.buffer, &mut self.written, data);
    }

    /// Has `f` fill all the room that is left, wherever in the file the reader is.
    ///
    /// # Errors
    ///
    /// That of `f`; then nothing is given.
    pub fn fill(&mut self, f: impl FnOnce(&mut [u8]) -> Result) -> Result {
        f(self.buffer.get_mut(self.written..).unwrap_or_default())?;
        // INVARIANT: The buffer is full.
        self.written = self.buffer.len();
        Ok(())
    }

    /// Has `f` write the file's text into the room that is left, at its start only, and return how much.
    pub(crate) fn with_text(&mut self, f: impl FnOnce(&mut [u8]) -> Result<usize>) -> Result {
        if self.is_at_start() {
            let written = f(self.buffer.get_mut(self.written..).unwrap_or_default())?;
            // INVARIANT: It stays within the buffer.
            self.written = self.buffer.len().min(self.written + written);
        }
        Ok(())
    }

    /// Gives text; `write!` and `writeln!` call this.
    ///
    /// # Errors
    ///
    /// `EINVAL` if a `Display` of the arguments fails.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result {
        fmt::write(&mut TextWriter(self), text).map_err(|_| EINVAL)
    }
}

/// Takes the pieces of a formatted text.
struct TextWriter<'w, 'a>(&'w mut SysctlWriter<'a>);

impl fmt::Write for TextWriter<'_, '_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if !self.0.text_is_over {
            self.0.bytes(piece.as_bytes());
        }
        Ok(())
    }
}
