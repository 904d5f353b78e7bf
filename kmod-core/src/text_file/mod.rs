// SPDX-License-Identifier: GPL-2.0-only
//! Files whose text is made when they are read: what [`#[proc]`](macro@crate::proc) and
//! [`#[debugfs]`](macro@crate::debugfs) have in common.
//!
//! An atomic is such a file without any code; on a type of one's own, [`TextFile`] says what is shown
//! and what is done with what is written.

mod rows;
mod value;

pub(crate) use rows::{Rows, data as rows_data, open as open_rows};

use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::ModuleState;
use crate::seq_file::SeqFile;
use crate::sync::Shared;
use crate::uaccess::UserReader;

/// What a file is, as a field under [`#[proc]`](macro@crate::proc) or
/// [`#[debugfs]`](macro@crate::debugfs): text that is made when it is read, or what is done when it is
/// written, or both.
///
/// The atomic integers and bools of `core` are such files without any code: their number, or `Y` or
/// `N`, and a newline; and they take what [`UserReader::parse`] does. So are arrays of atomic integers,
/// [`SysctlString`](crate::sysctl::SysctlString) and [`Setting`](crate::params::Setting).
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is not the text of a file",
    label = "not a type for `#[proc]` and `#[debugfs]`",
    note = "use an atomic of `core::sync::atomic`, an array of atomic integers, a `SysctlString` or a `Setting`, or write \
            `#[handlers] impl TextFile for {Self}`"
)]
pub trait TextFile: Sized + Shared {
    /// The module whose state the handlers use; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the file is a field, if the handlers use it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers are there. `#[handlers]` writes it.
    #[doc(hidden)]
    const HANDLERS: TextHandlers;

    /// Writes the file's text, from its beginning: the kernel calls it when a read begins, and again
    /// with more room if the text did not fit. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let _ = (file, to);
        Err(EINVAL)
    }

    /// Writes the row at the cursor `at` or, if there is none, the first one behind it, and returns the cursor
    /// behind that; `None` if there is no row any more: what was written then does not count. The kernel
    /// begins at 0, goes on with what was returned, and calls it again for a row that did not fit. It is for
    /// long tables, instead of [`show`](Self::show): no lock is held between two rows. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with, once it comes to this row. `EINVAL` comes of a cursor that is not
    /// behind `at`, or more than a file's position can be.
    fn row(&self, file: &TextCall<'_, Self>, at: u64, to: &mut SeqFile<'_>) -> Result<Option<u64>> {
        let _ = (file, at, to);
        Err(EINVAL)
    }

    /// Takes what a `write(2)` gives; what it leaves was not written, which is what `write(2)`
    /// returns. The file's position stays where it is. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let _ = (file, from);
        Err(EINVAL)
    }
}

/// Which handlers of [`TextFile`] are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct TextHandlers {
    pub show: bool,
    pub row: bool,
    pub write: bool,
    /// It can be written, and is if the mode says so.
    pub is_value: bool,
}

impl TextHandlers {
    /// None.
    pub const NONE: Self = Self {
        show: false,
        row: false,
        write: false,
        is_value: false,
    };

    /// Whether it can be read.
    pub const fn reads(self) -> bool {
        self.show || self.row
    }

    /// The mode of a file that names none: who may do what its handlers do.
    pub const fn default_mode(self) -> u16 {
        match (self.reads(), self.write && !self.is_value) {
            (_, false) => 0o444,
            (true, true) => 0o644,
            (false, true) => 0o200,
        }
    }
}

/// The mode of a file with these handlers, of which those that read and write have these names: that which an
/// attribute names, or a default. It panics if that does not fit them.
macro_rules! fitting {
    ($has:expr, $mode:expr, $show:literal, $write:literal) => {{
        let (has, mode) = ($has, $mode);
        assert!(
            !(has.show && has.row),
            "a file has a `show`, for all of its text, or a `row`: leave one of them out"
        );
        assert!(
            has.reads() || has.write,
            concat!(
                "a file has a `",
                $show,
                "` or a `",
                $write,
                "`, and this type has neither: write one"
            )
        );
        let Some(mode) = mode else {
            return has.default_mode();
        };
        assert!(
            has.write || mode & 0o222 == 0,
            concat!(
                "the mode lets somebody write, and the type has no `",
                $write,
                "`: write one, or `mode = 0o444`"
            )
        );
        assert!(
            !has.write || has.is_value || mode & 0o222 != 0,
            concat!(
                "the type has a `",
                $write,
                "`, and the mode lets nobody write: write `mode = 0o644`"
            )
        );
        assert!(
            has.reads() || mode & 0o444 == 0,
            concat!(
                "the mode lets somebody read, and the type has no `",
                $show,
                "`: write one, or `mode = 0o200`"
            )
        );
        assert!(
            !has.reads() || mode & 0o444 != 0,
            concat!(
                "the type has a `",
                $show,
                "`, and the mode lets nobody read: write `mode = 0o644`"
            )
        );
        mode
    }};
}

pub(crate) use fitting;

/// The mode of a file of the type `T` whose attribute names `mode`, or none.
///
/// # Panics
///
/// If it is not one for what the type has.
#[doc(hidden)]
#[track_caller]
pub const fn text_mode<T: TextFile>(mode: Option<u16>) -> u16 {
    fitting!(T::HANDLERS, mode, "show", "write")
}

/// The mode of such a file whose attribute names none, which does not panic: [`text_mode`] says it once.
pub const fn told_text_mode<T: TextFile>() -> u16 {
    T::HANDLERS.default_mode()
}

/// Makes the type of the call that the handlers of a file get, whatever is read and written.
macro_rules! file_call {
    ($call:ident of $file:ident) => {
        /// The read or the write that a handler is called for.
        pub struct $call<'a, T: $file> {
            instance: &'a T::Instance,
            module: &'a T::Module,
        }

        impl<'a, T: $file> $call<'a, T> {
            /// The call of a handler of a file that is a field of `instance`.
            ///
            /// # Safety
            ///
            /// A callback of the file runs, or it is being registered, which is an object of the module's
            /// or of one of its devices; and the value does not outlive that.
            pub(crate) unsafe fn new<I: $crate::instance::Belongs<T::Instance>>(
                instance: &'a I,
            ) -> Self {
                Self {
                    instance: instance.instance(),
                    // SAFETY: This is within a callback of an object, or its registration, which the
                    // module's state precedes (this function's contract).
                    module: unsafe { $crate::instance::ModuleState::state() },
                }
            }

            /// The struct of which the file is a field.
            pub fn instance(&self) -> &'a T::Instance {
                self.instance
            }

            /// The state of the module.
            pub fn module(&self) -> &'a T::Module {
                self.module
            }

            /// The task that reads or writes.
            pub fn caller(&self) -> $crate::task::Caller<'_> {
                $crate::task::Caller::new()
            }
        }
    };
}

pub(crate) use file_call;

file_call!(TextCall of TextFile);
