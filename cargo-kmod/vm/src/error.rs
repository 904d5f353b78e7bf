// SPDX-License-Identifier: GPL-2.0-only
//! Why a VM could not be booted.

use std::io;
use std::path::PathBuf;

/// Why a VM could not be booted, or not be followed. How a boot ended that began is no error, but an
/// [`Outcome`](crate::Outcome).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is known of a VM of that architecture.
    #[error("there is no VM of {arch} yet, but of {}", known.join(", "))]
    NoVm {
        /// The architecture.
        arch: &'static str,
        /// Those that a VM can have.
        known: Vec<&'static str>,
    },
    /// The compiler of ACPI tables, of Debian's package `acpica-tools`, is not on the host.
    #[error("iasl is not there: no ACPI table can be compiled")]
    NoIasl,
    /// A source is no ACPI table.
    #[error("{} is no ACPI table:\n{said}", path.display())]
    NoTable {
        /// The source.
        path: PathBuf,
        /// What the compiler says.
        said: String,
    },
    /// Something cannot be done to a file, or with a program.
    #[error("cannot {what}")]
    Io {
        /// What was to be done: "read /boot/vmlinuz".
        what: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Says what could not be done.
pub(crate) trait Cannot<T> {
    /// Names it: `read(path).cannot(|| format!("read {path}"))`.
    fn cannot(self, what: impl FnOnce() -> String) -> Result<T, Error>;
}

impl<T> Cannot<T> for io::Result<T> {
    fn cannot(self, what: impl FnOnce() -> String) -> Result<T, Error> {
        self.map_err(|source| {
            let what = what();
            Error::Io { what, source }
        })
    }
}
