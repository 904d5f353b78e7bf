// SPDX-License-Identifier: GPL-2.0-only
//! Attributes: files of the module in `/sys/module/NAME`, and of a device in its folder in sysfs.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Warms
//! #[kernel_module(name = "heater", license = "GPL")]
//! #[derive(Default)]
//! struct Heater {
//!     /// /sys/module/heater/on: 0 or 1
//!     #[sysfs(mode = 0o644)]
//!     on: AtomicBool,
//!     /// /sys/module/heater/level: a word
//!     #[sysfs]
//!     level: Level,
//! }
//!
//! #[derive(Default)]
//! struct Level(AtomicU8);
//!
//! const LEVELS: [&str; 3] = ["low", "middle", "high"];
//!
//! #[handlers]
//! impl SysfsFile for Level {
//!     type Instance = Heater;
//!
//!     fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
//!         let level = LEVELS.get(usize::from(self.0.load(Ordering::Relaxed)));
//!         match file.instance().on.load(Ordering::Relaxed) {
//!             true => writeln!(to, "{}", level.unwrap_or(&"none")),
//!             false => writeln!(to, "off"),
//!         }
//!     }
//!
//!     fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
//!         let level = LEVELS.iter().position(|level| level.as_bytes() == text.trim_ascii_end());
//!         let level = level.ok_or(EINVAL)?;
//!         self.0.store(u8::try_from(level).map_err(|_| EINVAL)?, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! An open file keeps neither the module nor the device: taking it away waits for the handlers that
//! run, and then reading and writing fail with `ENODEV`, as of C's. A handler cannot take its own file
//! away, which would wait for itself: files go with their instance only.

mod attribute;
mod binary;
mod class_device;
mod polled;
mod value;

use core::fmt;

use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::ModuleState;
use crate::str::{Terminated, append};
use crate::sync::Shared;
use crate::text_file::{TextHandlers, file_call, fitting};

#[doc(hidden)]
pub use attribute::{Sysfs, SysfsField};
#[doc(hidden)]
pub use binary::{
    SysfsBin, SysfsBinField, SysfsBinaryHandlers, sysfs_bin_mode, told_sysfs_bin_mode,
};
pub use binary::{SysfsBinary, SysfsBinaryCall, SysfsBytes};
pub(crate) use class_device::MadeFiles;
#[doc(hidden)]
pub use class_device::{DeviceFile, DeviceFiles, is_of_device};
#[doc(hidden)]
pub use polled::Node;
pub use polled::SysfsPolled;

/// What a file in sysfs is, as a field under [`#[sysfs]`](macro@crate::sysfs): text of at most a page that
/// is made when it is read, or what is done when it is written, or both.
///
/// The atomics of `core`, arrays of atomic integers, [`SysctlString`](crate::sysctl::SysctlString) and
/// [`Setting`](crate::params::Setting) are such files without any code.
#[diagnostic::on_unimplemented(
    message = "a file in sysfs cannot be a `{Self}`",
    label = "not a type for `#[sysfs]`",
    note = "use an atomic of `core::sync::atomic`, an array of atomic integers, a `SysctlString` or a `Setting`, or write \
            `#[handlers] impl SysfsFile for {Self}`"
)]
pub trait SysfsFile: Sized + Shared {
    /// The module whose state the handlers use; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the file is a field, if the handlers use it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers are there. `#[handlers]` writes it.
    #[doc(hidden)]
    const HANDLERS: SysfsHandlers;

    /// Whether the file is there: asked once, before it is made, for the module or for each device.
    /// Process context.
    fn is_visible(&self, file: &SysfsCall<'_, Self>) -> bool {
        let _ = file;
        true
    }

    /// Writes the file's text: the kernel calls it when a read begins at the file's start. Process
    /// context.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let _ = (file, to);
        Err(EINVAL)
    }

    /// Takes what a `write(2)` gives, all of it, up to a NUL, as C's functions for strings would; with
    /// the newline that `echo` adds. What is longer than a page comes in pieces. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let _ = (file, text);
        Err(EINVAL)
    }

    /// The same, for those whose text need not be counted.
    #[doc(hidden)]
    fn store_text(&self, file: &SysfsCall<'_, Self>, text: Terminated<'_>) -> Result {
        self.store(file, text.to_bytes())
    }

    /// What keeps the file's node, if it can be polled.
    #[doc(hidden)]
    fn node(&self) -> Option<&Node> {
        None
    }
}

/// Which handlers of [`SysfsFile`] are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct SysfsHandlers {
    pub is_visible: bool,
    pub show: bool,
    pub store: bool,
    /// It can be stored to, and is if the mode says so.
    pub is_value: bool,
}

impl SysfsHandlers {
    /// None.
    pub const NONE: Self = Self {
        is_visible: false,
        show: false,
        store: false,
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
pub const fn sysfs_mode<T: SysfsFile>(mode: Option<u16>) -> u16 {
    fitting!(handlers::<T>(), mode, "show", "store")
}

/// The mode of such a file whose attribute names none, which does not panic: [`sysfs_mode`] says it once.
pub const fn told_sysfs_mode<T: SysfsFile>() -> u16 {
    handlers::<T>().default_mode()
}

const fn handlers<T: SysfsFile>() -> TextHandlers {
    TextHandlers {
        show: T::HANDLERS.show,
        row: false,
        write: T::HANDLERS.store,
        is_value: T::HANDLERS.is_value,
    }
}

file_call!(SysfsCall of SysfsFile);

/// What a read of a file in sysfs gives: by `write!(to, "…")?`, up to a byte less than a page; the rest
/// is cut off, as by the kernel's `sysfs_emit()`.
pub struct SysfsWriter<'a> {
    page: &'a mut [u8],
    written: usize,
}

impl SysfsWriter<'_> {
    /// Adds text.
    pub fn write_str(&mut self, text: &str) {
        append(self.page, &mut self.written, text.as_bytes());
    }

    /// Adds text; `write!` and `writeln!` call this.
    ///
    /// # Errors
    ///
    /// `EINVAL` if a `Display` of the arguments fails.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result {
        struct Pieces<'w, 'a>(&'w mut SysfsWriter<'a>);

        impl fmt::Write for Pieces<'_, '_> {
            fn write_str(&mut self, piece: &str) -> fmt::Result {
                self.0.write_str(piece);
                Ok(())
            }
        }

        fmt::write(&mut Pieces(self), text).map_err(|_| EINVAL)
    }
}
