// SPDX-License-Identifier: GPL-2.0-only
//! Files below `/proc`: what the kernel's `proc_create_data()` makes.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Counts who looks
//! #[kernel_module(name = "looks", license = "GPL")]
//! #[derive(Default)]
//! struct Looks {
//!     /// /proc/looks/stats: a text; a write begins anew
//!     #[proc(path = "looks/stats")]
//!     stats: Stats,
//!     /// /proc/looks/enabled: `Y` or `N`
//!     #[proc(path = "looks/enabled", mode = 0o644)]
//!     enabled: AtomicBool,
//!     reads: AtomicU64,
//! }
//!
//! #[derive(Default)]
//! struct Stats;
//!
//! #[handlers]
//! impl ProcFile for Stats {
//!     type Instance = Looks;
//!
//!     fn show(&self, file: &ProcCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
//!         let looks = file.instance();
//!         let reads = looks.reads.fetch_add(1, Ordering::Relaxed);
//!         writeln!(to, "read {reads} times")
//!     }
//!
//!     fn write(&self, file: &ProcCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
//!         file.instance().reads.store(from.parse()?, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! A file in a folder of the module's own has the folder made with the first one there, and taken
//! away with it. Nothing keeps the module while its files are open: it can be unloaded, which waits
//! for the handlers that run, and then reading and writing fail with `EIO`, as of C's. That is why
//! there is no `poll` and no `mmap` here: nothing would end what they begin.

mod entry;
mod value;

use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::ModuleState;
use crate::seq_file::SeqFile;
use crate::sync::Shared;
use crate::task::Caller;
use crate::uaccess::UserReader;

#[doc(hidden)]
pub use entry::{Proc, ProcField};

/// What a file below `/proc` is, as a field under `#[proc]`: text that is made when it is read, or
/// what is done when it is written, or both.
///
/// The atomic integers and bools of `core` are such files without any code: their number, or `Y` or
/// `N`, and a newline; and they take what [`UserReader::parse`] does.
#[diagnostic::on_unimplemented(
    message = "a file of `/proc` cannot be a `{Self}`",
    label = "not a type for `#[proc]`",
    note = "use an atomic of `core::sync::atomic`, or write `#[handlers] impl ProcFile for {Self}`"
)]
pub trait ProcFile: Sized + Shared {
    /// The module whose state the handlers use; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the file is a field, if the handlers use it; `()` (what `#[handlers]`
    /// inserts) for none.
    type Instance: 'static;

    /// Which handlers are there. `#[handlers]` writes it.
    #[doc(hidden)]
    const HANDLERS: ProcHandlers;

    /// Writes the file's text, from its beginning: the kernel calls it when a read begins, and again
    /// with more room if the text did not fit. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn show(&self, file: &ProcCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let _ = (file, to);
        Err(EINVAL)
    }

    /// Takes what a `write(2)` gives; what it leaves was not written, which is what `write(2)`
    /// returns. The file's position stays where it is. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn write(&self, file: &ProcCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let _ = (file, from);
        Err(EINVAL)
    }
}

/// Which handlers of [`ProcFile`] are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct ProcHandlers {
    pub show: bool,
    pub write: bool,
    /// It can be written, and is if the mode says so.
    pub is_value: bool,
}

impl ProcHandlers {
    /// None.
    pub const NONE: Self = Self {
        show: false,
        write: false,
        is_value: false,
    };
}

/// The mode of a file of the type `T` whose attribute names `mode`, or none.
///
/// # Panics
///
/// If it is not one for what the type has.
#[doc(hidden)]
#[track_caller]
pub const fn proc_mode<T: ProcFile>(mode: Option<u16>) -> u16 {
    let has = T::HANDLERS;
    assert!(
        has.show || has.write,
        "a file of `/proc` has a `show` or a `write`, and this type has neither: write one"
    );
    let Some(mode) = mode else {
        return match (has.show, has.write && !has.is_value) {
            (_, false) => 0o444,
            (true, true) => 0o644,
            (false, true) => 0o200,
        };
    };
    assert!(
        has.write || mode & 0o222 == 0,
        "the mode lets somebody write, and the type has no `write`: write one, or `mode = 0o444`"
    );
    assert!(
        !has.write || has.is_value || mode & 0o222 != 0,
        "the type has a `write`, and the mode lets nobody write: write `mode = 0o644`"
    );
    assert!(
        has.show || mode & 0o444 == 0,
        "the mode lets somebody read, and the type has no `show`: write one, or `mode = 0o200`"
    );
    assert!(
        !has.show || mode & 0o444 != 0,
        "the type has a `show`, and the mode lets nobody read: write `mode = 0o644`"
    );
    mode
}

/// The read or the write that a handler is called for.
pub struct ProcCall<'a, T: ProcFile> {
    instance: &'a T::Instance,
    module: &'a T::Module,
}

impl<'a, T: ProcFile> ProcCall<'a, T> {
    /// The struct of which the file is a field.
    pub fn instance(&self) -> &'a T::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a T::Module {
        self.module
    }

    /// The task that reads or writes.
    pub fn caller(&self) -> Caller<'_> {
        Caller::new()
    }
}
