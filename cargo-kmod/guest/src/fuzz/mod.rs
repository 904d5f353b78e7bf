// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod fuzz` has a module's files and commands used for: by chance, and what host and guest
//! say to each other of it. Not for tests.

mod chance;
mod writer;

pub use writer::Writer;

/// What the guest's lines begin with that tell of a program; others are for people.
pub const PROGRAM: &str = "> ";

/// What a line begins with that tells of a program that nothing ends any more.
pub const HANGS: &str = "! ";

/// What stands in place of a program when the module has been loaded anew: what was before it counts no longer.
pub const FRESH: &str = "fresh";

/// What the host's lines begin with that are to be tried: then how often each, and the programs.
pub const TRY: &str = "try ";

/// What stands between programs that are tried together.
pub const AND: &str = " | ";
