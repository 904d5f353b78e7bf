// SPDX-License-Identifier: GPL-2.0-only
//! A small file system: `mount -t notesfs none /mnt`.
//!
//! Some of its files are fixed, others are made when they are read.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// A read-only file system of a few notes
#[kernel_module(
    name = "notesfs",
    license = "GPL",
    authors = ["The kmod developers"],
    // With this, mount(8) loads the module.
    alias = ["fs-notesfs"],
    params(
        /// Who wrote the notes
        author: &str = "nobody",
    ),
)]
#[derive(Default)]
struct NotesFs {
    #[filesystem(name = "notesfs", magic = 0x6e6f_7465)]
    notes: Notes,
    /// How often `about/reads` has been read.
    reads: AtomicU32,
}

#[derive(Default)]
struct Notes;

impl FileSystem for Notes {
    type Module = NotesFs;

    const TREE: &'static [Node<Self>] = &[
        Node::file("readme", b"Notes that a kernel module keeps.\n"),
        Node::dir(
            "about",
            &[
                Node::show("author", |_, _, to| {
                    writeln!(to, "{}", NotesFs::params().author())
                }),
                Node::show("reads", |_, module, to| {
                    let reads = module.reads.fetch_add(1, Ordering::Relaxed) + 1;
                    writeln!(to, "{reads}")
                }),
            ],
        ),
    ];
}
