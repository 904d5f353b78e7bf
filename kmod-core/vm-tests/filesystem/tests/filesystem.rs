// SPDX-License-Identifier: GPL-2.0-only
//! The file system, registered and mounted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::thread;

use kmod_test::{fault, filesystems, load, mount, mount_with, rounds, set_sysctl};

const EAGAIN: i32 = 11;
const EFAULT: i32 = 14;
const EISDIR: i32 = 21;
const ENODEV: i32 = 19;
const ENOENT: i32 = 2;
const ENOLINK: i32 = 67;
const ENOTDIR: i32 = 20;
const ENAMETOOLONG: i32 = 36;
const EROFS: i32 = 30;

fn errno<T: std::fmt::Debug>(result: io::Result<T>) -> i32 {
    result.unwrap_err().raw_os_error().unwrap()
}

fn names(dir: impl AsRef<Path>) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn it_is_listed_while_loaded() {
    let listed = || filesystems().unwrap().contains(&"vm_testfs".to_owned());
    assert!(!listed());
    let module = load(&[]).unwrap();
    assert!(listed());
    module.unload().unwrap();
    assert!(!listed());
    assert_eq!(errno(mount("vm_testfs")), ENODEV);
}

#[test]
fn its_tree_is_there() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    let long = "n".repeat(255);
    let mut expected = [
        "broken",
        "empty",
        "level",
        long.as_str(),
        "outer",
        "readme",
        "shown",
        "two words é",
    ];
    expected.sort_unstable();
    assert_eq!(names(root.path()), expected);
    assert_eq!(names(root.join("outer")), ["inner", "lines", "nothing"]);
    assert_eq!(names(root.join("outer/inner")), ["readme"]);
    assert!(names(root.join("outer/nothing")).is_empty());

    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert_eq!(read("readme"), "not to be written\n");
    assert_eq!(read("empty"), "");
    assert_eq!(read("two words é"), "a name is only bytes\n");
    assert_eq!(read(&long), "long\n");
    assert_eq!(read("outer/inner/readme"), "innermost\n");
    assert_eq!(read("outer/inner/../../readme"), "not to be written\n");
}

/// A file and a sysctl of one module show one number.
#[test]
fn a_file_reaches_the_module() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    let level = || fs::read_to_string(root.join("level")).unwrap();
    assert_eq!(level(), "0\n");
    set_sysctl("vm_filesystem/level", "42").unwrap();
    assert_eq!(level(), "42\n");
}

#[test]
fn what_stat_says() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    let stat = |path: &str| fs::metadata(root.join(path)).unwrap();

    let readme = stat("readme");
    assert!(readme.is_file());
    assert_eq!(readme.len(), 18);
    assert_eq!(readme.permissions().mode() & 0o7777, 0o444);
    assert_eq!((readme.uid(), readme.gid(), readme.nlink()), (0, 0, 1));
    assert_eq!(stat("empty").len(), 0);
    assert_eq!(stat("shown").len(), 0);

    let outer = stat("outer");
    assert!(outer.is_dir());
    assert_eq!(outer.permissions().mode() & 0o7777, 0o555);
    assert_eq!(outer.nlink(), 4);
    assert_eq!(stat("outer/nothing").nlink(), 2);

    let mut inodes = Vec::new();
    for dir in ["", "outer", "outer/inner", "outer/nothing"] {
        inodes.push(stat(dir).ino());
        for entry in fs::read_dir(root.join(dir)).unwrap() {
            let entry = entry.unwrap();
            let meta = fs::metadata(entry.path()).unwrap();
            assert_eq!(entry.file_type().unwrap().is_dir(), meta.is_dir());
            if meta.is_file() {
                inodes.push(meta.ino());
            }
        }
    }
    let all = inodes.len();
    inodes.sort_unstable();
    inodes.dedup();
    assert_eq!(inodes.len(), all);
}

#[test]
fn what_is_not_there_is_enoent() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    let open = |path: &str| File::open(root.join(path));
    for path in ["nothing", "readm", "readme2", "outer/readme", "READMe"] {
        assert_eq!(errno(open(path)), ENOENT, "{path}");
    }
    assert_eq!(errno(open("readme/below")), ENOTDIR);
    assert_eq!(errno(open(&"n".repeat(256))), ENAMETOOLONG);
    // Again, now that the kernel remembers.
    assert_eq!(errno(open("nothing")), ENOENT);
}

/// Also by a mount that asks to write.
#[test]
fn nothing_can_be_written() {
    let _module = load(&[]).unwrap();
    for options in [c"", c"rw"] {
        let root = mount_with("vm_testfs", options).unwrap();
        let readme = root.join("readme");
        let write = OpenOptions::new().write(true).open(&readme);
        assert_eq!(errno(write), EROFS, "{options:?}");
        assert_eq!(errno(File::create(root.join("new"))), EROFS);
        assert_eq!(errno(fs::create_dir(root.join("outer/new"))), EROFS);
        assert_eq!(errno(fs::remove_file(&readme)), EROFS);
        assert_eq!(errno(fs::rename(&readme, root.join("new"))), EROFS);
        assert_eq!(errno(fs::hard_link(&readme, root.join("new"))), EROFS);
        let mode = fs::Permissions::from_mode(0o666);
        assert_eq!(errno(fs::set_permissions(&readme, mode)), EROFS);
        let stat = fs::metadata(&readme).unwrap();
        assert_eq!(
            (stat.permissions().mode() & 0o7777, stat.len()),
            (0o444, 18)
        );
    }
}

#[test]
fn it_stays_read_only_when_mounted_anew() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    root.remount_writable().unwrap();
    assert_eq!(errno(File::create(root.join("new"))), EROFS);
    let write = OpenOptions::new().write(true).open(root.join("readme"));
    assert_eq!(errno(write), EROFS);
}

#[test]
fn a_file_reads_and_seeks() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    let mut file = File::open(root.join("readme")).unwrap();
    assert_eq!(file.seek(SeekFrom::End(-8)).unwrap(), 10);
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "written\n");
    let mut word = [0; 2];
    file.read_exact_at(&mut word, 4).unwrap();
    assert_eq!(&word, b"to");
    file.rewind().unwrap();
    assert_eq!(errno(fault::read_into_unmapped(&file, 8)), EFAULT);
    assert_eq!(file.stream_position().unwrap(), 0);
    let mut dir = File::open(root.path()).unwrap();
    assert_eq!(errno(dir.read(&mut word)), EISDIR);
}

#[test]
fn a_shown_file_is_made_when_it_is_opened() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert_eq!(read("shown"), "1\n");
    assert_eq!(read("shown"), "2\n");

    // Longer than any buffer, and read in pieces that fit to each other.
    let lines: String = (0..10_000).map(|n| format!("line {n}\n")).collect();
    assert!(read("outer/lines") == lines);
    let file = File::open(root.join("outer/lines")).unwrap();
    let mut piece = [0; 10];
    file.read_exact_at(&mut piece, 50_000).unwrap();
    assert_eq!(&piece, &lines.as_bytes()[50_000..50_010]);

    let mut broken = File::open(root.join("broken")).unwrap();
    assert_eq!(errno(broken.read(&mut piece)), ENOLINK);
}

#[test]
fn a_mount_keeps_the_module() {
    let module = load(&[]).unwrap();
    let first = mount("vm_testfs").unwrap();
    let second = mount("vm_testfs").unwrap();
    assert_eq!(errno(module.try_unload()), EAGAIN);
    drop(first);
    assert_eq!(errno(module.try_unload()), EAGAIN);
    assert_eq!(
        fs::read_to_string(second.join("outer/inner/readme")).unwrap(),
        "innermost\n"
    );
    drop(second);
    module.unload().unwrap();
}

#[test]
fn many_walk_the_tree() {
    let _module = load(&[]).unwrap();
    let root = mount("vm_testfs").unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..100 {
                    assert_eq!(names(root.join("outer")).len(), 3);
                    let text = fs::read_to_string(root.join("outer/inner/readme"));
                    assert_eq!(text.unwrap(), "innermost\n");
                    assert_eq!(errno(File::open(root.join("outer/none"))), ENOENT);
                }
            });
        }
        // Meanwhile, the kernel forgets what it knows of the tree.
        for _ in 0..20 {
            fs::write("/proc/sys/vm/drop_caches", "2").unwrap();
        }
    });
}

#[test]
fn mounting_and_unloading_again_and_again() {
    for _ in 0..rounds(30) {
        let module = load(&[]).unwrap();
        let root = mount("vm_testfs").unwrap();
        assert_eq!(names(root.join("outer")).len(), 3);
        drop(root);
        module.unload().unwrap();
    }
}
