// SPDX-License-Identifier: GPL-2.0-only
//! Why a module could not be looked at.

use std::io;
use std::path::PathBuf;

/// Why a module could not be looked at. Its source says more, and [`Error::help`] what can be done.
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
    #[error("{} is not a kernel module", path.display())]
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

/// The kernel's build folder does not say what the kernel exports.
#[derive(Debug, thiserror::Error)]
#[error("cannot read what the kernel exports from {}", path.display())]
pub(crate) struct NoExports {
    pub path: PathBuf,
    pub source: io::Error,
}

impl Error {
    /// Whether another file has to be named: neither the kernel nor the host is to blame.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Kernel(_))
    }

    /// What can be done about it.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Unreadable { .. } => None,
            Self::NotAModule { .. } => {
                Some("NAME.ko is meant, as kbuild writes it (not compressed)")
            }
            Self::Kernel(error) => error.downcast_ref::<NoExports>().map(
                |_| "of a kernel of your own: build it whole (`make`), not only modules_prepare",
            ),
        }
    }
}
