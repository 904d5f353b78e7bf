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
    contents: String,
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
/// For cargo, which runs build scripts anew when it is another.
const CONTENTS: &str = "KMOD_CONTENTS";

/// Between the flags; kbuild's hold spaces.
const SEPARATOR: char = '\u{1f}';

impl KernelEnv {
    /// The variables that carry it.
    pub const VARIABLES: &[&str] = &[CC, C_FLAGS, CONTENTS];

    /// A kernel whose compiler is `cc`, with the flags that [`cflags::shared`] made.
    ///
    /// [`cflags::shared`]: crate::cflags::shared
    #[must_use]
    pub fn new(cc: String, flags: Vec<String>) -> Self {
        Self {
            cc,
            flags,
            contents: String::new(),
        }
    }

    /// With a word for what the kernel's build tree holds: what was made of other contents is made
    /// anew.
    #[must_use]
    pub fn with_contents(self, contents: String) -> Self {
        Self { contents, ..self }
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
            contents: variable(CONTENTS)?,
        })
    }

    /// The variables and their values.
    #[must_use]
    pub fn to_env(&self) -> [(&'static str, String); 3] {
        let flags = self.flags.join(&SEPARATOR.to_string());
        [
            (CC, self.cc.clone()),
            (C_FLAGS, flags),
            (CONTENTS, self.contents.clone()),
        ]
    }

    /// The kernel's C compiler.
    #[must_use]
    pub fn cc(&self) -> &str {
        &self.cc
    }

    /// The flags with which bindgen's clang reads the kernel's headers.
    #[must_use]
    pub fn clang_flags(&self) -> Vec<String> {
        let arch = Arch::of_build_script();
        let own = arch.map_or(&[][..], |arch| arch.clang);
        let mut flags = crate::cflags::for_clang(&self.flags, own);
        if let Some(target) = arch.and_then(|arch| arch.clang_target) {
            flags.push(format!("--target={target}"));
        }
        flags
    }

    /// The flags with which the kernel's compiler makes the helpers.
    #[must_use]
    pub fn helper_flags(&self) -> &[String] {
        &self.flags
    }
}
