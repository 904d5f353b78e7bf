// SPDX-License-Identifier: GPL-2.0-only
//! A file system with files of both kinds, folders and awkward names.
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// A file system.
#[kernel_module(
    name = "vm_filesystem",
    license = "GPL",
    description = "A file system for the tests"
)]
#[derive(Default)]
struct Module {
    #[filesystem(name = "vm_testfs", magic = 0x766d_6673)]
    tree: Tree,
    /// What a file of the file system shows, too.
    #[sysctl(path = "vm_filesystem/level")]
    level: AtomicU32,
}

#[derive(Default)]
struct Tree {
    shown: AtomicU32,
}

/// The longest name that there can be.
const LONG: &str = match str::from_utf8(&[b'n'; 255]) {
    Ok(name) => name,
    Err(_) => unreachable!(),
};

impl FileSystem for Tree {
    type Module = Module;

    const TREE: &'static [Node<Self>] = &[
        Node::file("readme", b"not to be written\n"),
        Node::file("empty", b""),
        Node::file("two words é", b"a name is only bytes\n"),
        Node::file(LONG, b"long\n"),
        Node::dir(
            "outer",
            &[
                Node::dir("inner", &[Node::file("readme", b"innermost\n")]),
                Node::dir("nothing", &[]),
                Node::show("lines", |_tree, _module, to| {
                    for line in 0..10_000 {
                        writeln!(to, "line {line}")?;
                    }
                    Ok(())
                }),
            ],
        ),
        Node::show("shown", |tree, _module, to| {
            let shown = tree.shown.fetch_add(1, Ordering::Relaxed) + 1;
            writeln!(to, "{shown}")
        }),
        Node::show("level", |_tree, module, to| {
            writeln!(to, "{}", module.level.load(Ordering::Relaxed))
        }),
        Node::show("broken", |_tree, _module, _to| Err(ENOLINK)),
    ];
}
