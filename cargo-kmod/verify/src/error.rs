// SPDX-License-Identifier: GPL-2.0-only
//! Why a module could not be looked at.

use std::io;
use std::path::PathBuf;

/// Why a module could not be looked at. Its source says more; where something can be done, the message ends
/// with a line that begins with `= help:`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that was named cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that was named is no module.
    #[error("{} is not a kernel module\n= help: NAME.ko is meant, as kbuild writes it (not compressed)", path.display())]
    NotAModule {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        source: anyhow::Error,
    },
    /// A rule cannot be asked: the kernel's build folder lacks what it takes, or the module is damaged.
    #[error(transparent)]
    Kernel(anyhow::Error),
}

impl Error {
    /// Whether another file has to be named: neither the kernel nor the host is to blame.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Kernel(_))
    }
}
