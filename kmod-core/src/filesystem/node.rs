// SPDX-License-Identifier: GPL-2.0-only
//! The files and folders of a tree.

use core::ffi::c_uint;

use kmod_bindings as bindings;

use super::FileSystem;
use crate::error::Result;
use crate::seq_file::SeqFile;

/// The longest name, as the kernel's `NAME_MAX`.
pub(super) const NAME_MAX: usize = 255;

/// Makes a file's content.
pub(super) type Show<T, M> = fn(&T, &M, &mut SeqFile<'_>) -> Result;

/// A file or a folder of a [`FileSystem`] `T` of the module `M`.
///
/// Names are checked when the module is compiled: 1 to 255 bytes, no `/`, no NUL, not `.` or `..`,
/// and no two the same in a folder.
pub struct Node<T: FileSystem, M: 'static = <T as FileSystem>::Module> {
    name: &'static str,
    pub(super) kind: Kind<T, M>,
    /// How many nodes there are from here on down, this one included.
    count: u64,
}

pub(super) enum Kind<T: FileSystem, M: 'static> {
    File(&'static [u8]),
    Show(Show<T, M>),
    Dir(&'static [Node<T, M>]),
}

impl<T: FileSystem, M> Node<T, M> {
    /// A file that holds `content`.
    pub const fn file(name: &'static str, content: &'static [u8]) -> Self {
        check_name(name);
        Self {
            name,
            kind: Kind::File(content),
            count: 1,
        }
    }

    /// A file that holds what `show` writes when the file is read, to which the module's state is
    /// passed, too. Its size is shown as 0, as in `/proc`.
    ///
    /// An error of `show` is that of the `read(2)`.
    pub const fn show(name: &'static str, show: Show<T, M>) -> Self {
        check_name(name);
        Self {
            name,
            kind: Kind::Show(show),
            count: 1,
        }
    }

    /// A folder.
    pub const fn dir(name: &'static str, nodes: &'static [Node<T, M>]) -> Self {
        check_name(name);
        Self::any_dir(name, nodes)
    }

    /// The root, which holds `nodes`.
    pub(super) const fn root(nodes: &'static [Node<T, M>]) -> Self {
        Self::any_dir("", nodes)
    }

    const fn any_dir(name: &'static str, nodes: &'static [Node<T, M>]) -> Self {
        let mut count = 1;
        let mut i = 0;
        while i < nodes.len() {
            count += nodes[i].count;
            let mut earlier = 0;
            while earlier < i {
                assert!(
                    !same(nodes[earlier].name, nodes[i].name),
                    "two nodes of one folder have the same name"
                );
                earlier += 1;
            }
            i += 1;
        }
        Self {
            name,
            kind: Kind::Dir(nodes),
            count,
        }
    }

    /// The name in its folder; empty for the root.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// What a folder holds; nothing for a file.
    pub(super) fn nodes(&self) -> &'static [Node<T, M>] {
        match self.kind {
            Kind::Dir(nodes) => nodes,
            Kind::File(_) | Kind::Show(_) => &[],
        }
    }

    /// What a file holds, if that is fixed.
    pub(super) fn content(&self) -> &'static [u8] {
        match self.kind {
            Kind::File(content) => content,
            Kind::Dir(_) | Kind::Show(_) => &[],
        }
    }

    /// How many names it has: a folder's are those in its parent, in itself and in each folder
    /// that it holds.
    pub(super) fn links(&self) -> c_uint {
        match self.kind {
            Kind::File(_) | Kind::Show(_) => 1,
            Kind::Dir(nodes) => {
                let dirs = nodes
                    .iter()
                    .filter(|node| matches!(node.kind, Kind::Dir(_)));
                2 + dirs.count() as c_uint
            }
        }
    }

    /// Its kind as `readdir(3)` gives it.
    pub(super) fn dirent_type(&self) -> c_uint {
        match self.kind {
            Kind::File(_) | Kind::Show(_) => bindings::DT_REG,
            Kind::Dir(_) => bindings::DT_DIR,
        }
    }

    /// What a folder holds, with inode numbers: nodes are counted through the tree, each folder
    /// before its content. `ino` is the number of this folder.
    pub(super) fn numbered(&self, ino: u64) -> impl Iterator<Item = (u64, &'static Node<T, M>)> {
        self.nodes().iter().scan(ino + 1, |next, node| {
            let ino = *next;
            *next += node.count;
            Some((ino, node))
        })
    }
}

const fn check_name(name: &str) {
    assert!(!name.is_empty(), "a file's name cannot be empty");
    assert!(
        name.len() <= NAME_MAX,
        "a file's name has at most 255 bytes"
    );
    assert!(
        !same(name, ".") && !same(name, ".."),
        "`.` and `..` are in every folder already"
    );
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        assert!(
            bytes[i] != b'/',
            "a file's name cannot have a `/`: use `Node::dir`"
        );
        assert!(bytes[i] != 0, "a file's name cannot have a NUL");
        i += 1;
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Tree;

    impl FileSystem for Tree {
        type Module = ();

        const TREE: &'static [Node<Self>] = &[];
    }

    const ROOT: Node<Tree> = Node::root(&[
        Node::file("a", b"1"),
        Node::dir("b", &[Node::file("a", b"2"), Node::dir("empty", &[])]),
        Node::show("c", |_, _, _| Ok(())),
    ]);

    #[test]
    fn inode_numbers_are_unique() {
        fn collect(dir: &Node<Tree>, ino: u64, to: &mut [u64; 6]) {
            for (ino, node) in dir.numbered(ino) {
                to[ino as usize - 1] += 1;
                collect(node, ino, to);
            }
        }
        let mut seen = [1, 0, 0, 0, 0, 0];
        collect(&ROOT, 1, &mut seen);
        assert_eq!(seen, [1; 6]);
    }

    #[test]
    #[should_panic = "at most 255 bytes"]
    fn a_name_fits_name_max() {
        const LONG: &str = match str::from_utf8(&[b'n'; NAME_MAX + 1]) {
            Ok(name) => name,
            Err(_) => unreachable!(),
        };
        check_name(&LONG[1..]);
        check_name(LONG);
    }

    #[test]
    #[should_panic = "same name"]
    fn a_folder_names_each_once() {
        const TWICE: [Node<Tree>; 2] = [Node::file("a", b""), Node::dir("a", &[])];
        Node::root(&TWICE);
    }

    #[test]
    fn what_no_name_can_be() {
        for name in ["", ".", "..", "a/b", "a\0"] {
            assert!(std::panic::catch_unwind(|| check_name(name)).is_err());
        }
        check_name("...");
    }
}
