// SPDX-License-Identifier: GPL-2.0-only
//! Debian's packages, without touching the host's own: apt with its state in our cache, and roots
//! of other releases to build in.

mod apt;
mod mirror;
mod root;

use std::fs;

pub use apt::{Apt, keyring, unpack};
pub use root::Root;

/// A release of Debian.
pub struct Debian {
    /// Its name.
    pub codename: &'static str,
    /// The parts of the archive that kernels are taken from: what follows the name in a suite's.
    pub pockets: &'static [&'static str],
    /// Where the packages of its kernels have the folder of modules. Since Debian 12, `/lib` is in `/usr`, and the
    /// two are one; dpkg compares names.
    pub modules: &'static str,
    /// What a root of it is made of, in which modules can be built, besides [`FOR_MODULES`].
    pub root: &'static [&'static str],
    /// What a root of it is made of, in which kernels can be built.
    pub root_for_kernels: &'static [&'static str],
}

/// The release of Debian that the host has.
pub fn of_host() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").ok()?;
    let line = release
        .lines()
        .find_map(|line| line.strip_prefix("VERSION_CODENAME="))?;
    Some(line.to_owned())
}

/// Debian 11; of it only the long-term support is still in the archive.
pub static BULLSEYE: Debian = Debian {
    codename: "bullseye",
    pockets: &["-security"],
    modules: "lib/modules",
    root: &[],
    root_for_kernels: &[],
};

/// Debian 12.
pub static BOOKWORM: Debian = Debian {
    codename: "bookworm",
    pockets: &["", "-security", "-backports"],
    modules: "lib/modules",
    root: &["libclang1-14", "libelf1"],
    root_for_kernels: FOR_KERNELS,
};

/// Debian 13.
pub static TRIXIE: Debian = Debian {
    codename: "trixie",
    pockets: &["", "-security", "-backports"],
    modules: "usr/lib/modules",
    root: &["libclang1-19", "libelf1t64"],
    root_for_kernels: FOR_KERNELS,
};

/// Debian 13 as it was released last, without what comes between: where the indices of these, on the mirrors, are
/// not the signed ones, as of riscv64 in November 2026.
pub static TRIXIE_ALONE: Debian = Debian {
    pockets: &[""],
    ..TRIXIE
};

/// What building modules takes, in any release.
const FOR_MODULES: &[&str] = &[
    "base-files",
    "bash",
    "coreutils",
    "dash",
    "diffutils",
    "dpkg",
    "findutils",
    "gcc",
    "grep",
    "libc6-dev",
    "make",
    "mawk",
    "pahole",
    "sed",
];

/// What building a kernel takes, in any release.
const FOR_KERNELS: &[&str] = &[
    "base-files",
    "bash",
    "bc",
    "bison",
    "coreutils",
    "cpio",
    "dash",
    "diffutils",
    "findutils",
    "flex",
    "gcc",
    "grep",
    "gzip",
    "libc6-dev",
    "libelf-dev",
    "make",
    "mawk",
    "perl",
    "sed",
    "tar",
    "xz-utils",
];
