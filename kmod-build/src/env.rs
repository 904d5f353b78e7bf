// SPDX-License-Identifier: GPL-2.0-only
//! How `cargo-kmod` tells build scripts about the target kernel.

use std::env;
use std::fmt;

use crate::arch::Arch;

/// The target kernel, for build scripts.
#[derive(Clone, Debug)]
pub struct KernelEnv {
    cc: String,
    flags: Vec<String>,
}

/// A variable that `cargo-kmod` should have set is not there.
#[derive(Debug)]
pub struct NotSet(&'static str);

impl fmt::Display for NotSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no target kernel: `{}` is not set", self.0)
    }
}

impl std::error::Error for NotSet {}

const CC: &str = "KMOD_CC";
const C_FLAGS: &str = "KMOD_C_FLAGS";

/// Between the flags; kbuild's hold spaces.
const SEPARATOR: char = '\u{1f}';

impl KernelEnv {
    /// The variables that carry it.
    pub const VARIABLES: &[&str] = &[CC, C_FLAGS];

    /// A kernel whose compiler is `cc`, with the flags that [`cflags::shared`] made.
    ///
    /// [`cflags::shared`]: crate::cflags::shared
    #[must_use]
    pub fn new(cc: String, flags: Vec<String>) -> Self {
        Self { cc, flags }
    }

    /// What [`to_env`](Self::to_env) wrote.
    ///
    /// # Errors
    ///
    /// When the build was not started by `cargo-kmod`.
    pub fn from_env() -> Result<Self, NotSet> {
        let variable = |name| env::var(name).map_err(|_| NotSet(name));
        Ok(Self {
            cc: variable(CC)?,
            flags: variable(C_FLAGS)?
                .split(SEPARATOR)
                .map(str::to_owned)
                .collect(),
        })
    }

    /// The variables and their values.
    #[must_use]
    pub fn to_env(&self) -> [(&'static str, String); 2] {
        let flags = self.flags.join(&SEPARATOR.to_string());
        [(CC, self.cc.clone()), (C_FLAGS, flags)]
    }

    /// The kernel's C compiler.
    #[must_use]
    pub fn cc(&self) -> &str {
        &self.cc
    }

    /// The flags with which bindgen's clang reads the kernel's headers.
    #[must_use]
    pub fn clang_flags(&self) -> Vec<String> {
        let own = Arch::of_build_script().map_or(&[][..], |arch| arch.clang);
        crate::cflags::for_clang(&self.flags, own)
    }

    /// The flags with which the kernel's compiler makes the helpers.
    #[must_use]
    pub fn helper_flags(&self) -> &[String] {
        &self.flags
    }
}
