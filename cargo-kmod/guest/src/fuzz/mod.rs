// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod fuzz` has a module's files and commands used for: by chance. Not for tests.

mod chance;
mod writer;

pub use writer::Writer;
