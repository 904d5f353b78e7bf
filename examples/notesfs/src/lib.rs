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
}

#[derive(Default)]
struct Notes {
    reads: AtomicU32,
}

impl FileSystem for Notes {
    const TREE: &'static [Node<Self>] = &[
        Node::file("readme", b"Notes that a kernel module keeps.\n"),
        Node::dir(
            "about",
            &[
                Node::show("author", |_, to| {
                    writeln!(to, "{}", NotesFs::params().author())
                }),
                Node::show("reads", Notes::show_reads),
            ],
        ),
    ];
}

impl Notes {
    /// How often this file has been read.
    fn show_reads(&self, to: &mut SeqFile<'_>) -> Result {
        let reads = self.reads.fetch_add(1, Ordering::Relaxed) + 1;
        writeln!(to, "{reads}")
    }
}
