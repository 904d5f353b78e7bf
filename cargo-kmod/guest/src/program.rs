// SPDX-License-Identifier: GPL-2.0-only
//! Programs in C.

use std::path::Path;
use std::process::Command;

use crate::guest;

/// The program of `tests/NAME.c`, ready to be run.
///
/// Beside its `tests/*.rs`, a module's `tests/*.c` are compiled, statically, strictly, and with the
/// header that `cargo kmod uapi` makes. `NAME_32.c` becomes a program for 32-bit processes, without
/// a C library, where the kernel runs such (`config("COMPAT")`).
#[must_use]
pub fn program(name: &str) -> Command {
    guest::require();
    Command::new(Path::new("/programs").join(name))
}
