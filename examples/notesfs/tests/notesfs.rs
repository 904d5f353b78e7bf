// SPDX-License-Identifier: GPL-2.0-only
//! The notes, mounted.

use std::fs::{self, OpenOptions};

use kmod_test::{filesystems, load, mount};

const EROFS: i32 = 30;

#[test]
fn the_notes_can_be_read() {
    let _module = load(&["author=Ada"]).unwrap();
    let notes = mount("notesfs").unwrap();
    let read = |path: &str| fs::read_to_string(notes.join(path)).unwrap();
    assert_eq!(read("readme"), "Notes that a kernel module keeps.\n");
    assert_eq!(read("about/author"), "Ada\n");
    assert_eq!(read("about/reads"), "1\n");
    assert_eq!(read("about/reads"), "2\n");
}

#[test]
fn the_notes_cannot_be_changed() {
    let _module = load(&[]).unwrap();
    let notes = mount("notesfs").unwrap();
    let readme = notes.join("readme");
    let error = OpenOptions::new().append(true).open(&readme).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(EROFS));
    assert_eq!(fs::metadata(readme).unwrap().len(), 34);
}

#[test]
fn it_goes_with_the_module() {
    let module = load(&[]).unwrap();
    assert!(filesystems().unwrap().contains(&"notesfs".to_owned()));
    module.unload().unwrap();
    assert!(!filesystems().unwrap().contains(&"notesfs".to_owned()));
}
