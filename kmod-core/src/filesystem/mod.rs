// SPDX-License-Identifier: GPL-2.0-only
//! File systems: small read-only trees that a module declares.
//!
//! ```
//! use kmod_core::filesystem::{FileSystem, Node};
//!
//! struct Notes;
//!
//! impl FileSystem for Notes {
//!     type Module = ();

//!     const TREE: &'static [Node<Self>] = &[
//!         Node::file("readme", b"Nothing here is written to.\n"),
//!         Node::dir("sub", &[Node::show("answer", |_notes, _module, to| writeln!(to, "{}", 6 * 7))]),
//!     ];
//! }
//! ```

mod mount;
mod node;
mod ops;
mod register;

pub use node::Node;
pub use register::{Filesystem, FilesystemField};

use crate::instance::ModuleState;

/// The content of a file system that a module declares.
///
/// It is mounted read-only, as often as one likes; a mount keeps the module loaded. Its files
/// belong to root and have mode 0444, its folders 0555.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a file system",
    label = "a field under `#[filesystem]` needs a tree",
    note = "write `impl FileSystem for {Self} {{ type Module = (); const TREE: &'static [Node<Self>] = &[…]; }}`"
)]
pub trait FileSystem: Sized + 'static {
    /// The module whose state the functions of its files use; `()` for none.
    type Module: ModuleState;

    /// What its root holds.
    const TREE: &'static [Node<Self>];
}
