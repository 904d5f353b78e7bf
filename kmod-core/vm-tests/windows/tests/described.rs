// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod glue` says of the module's files is so while it runs: each is there, with its mode.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use kmod_test::load;

/// The description that was reviewed, of which a test on the host says that it is made of the source.
const TOLD: &str = include_str!("../glue/vm_windows.json");

/// The value of a key in a line of the description.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let rest = line.trim().strip_prefix(&format!("\"{key}\": \""))?;
    rest.trim_end_matches(',').strip_suffix('"')
}

/// Path and mode of the files that the module itself has. The keys of an object are in order, and a mode stands
/// before its path.
fn files() -> Vec<(String, u32)> {
    let (_, files) = TOLD.split_once("\"files\": [").unwrap();
    let (files, _) = files.split_once("\"ioctls\"").unwrap();
    let mut found = Vec::new();
    let (mut mode, mut is_of_device) = (0, false);
    for line in files.lines() {
        if line.trim() == "{" {
            (mode, is_of_device) = (0o600, false);
        } else if let Some(text) = value(line, "mode") {
            mode = u32::from_str_radix(text, 8).unwrap();
        } else if line.contains("\"of_device\": true") {
            is_of_device = true;
        } else if let Some(path) = value(line, "path")
            && !is_of_device
        {
            found.push((path.to_owned(), mode));
        }
    }
    found
}

#[test]
fn each_file_is_there_with_its_mode() {
    let _module = load(&[]).unwrap();
    let files = files();
    assert!(files.len() > 20, "{files:?}");
    let debugfs_is_off = fs::read_to_string("/proc/cmdline")
        .unwrap()
        .contains("debugfs=off");
    for (path, mode) in files {
        if debugfs_is_off && path.starts_with("/sys/kernel/debug") {
            continue;
        }
        let is = fs::metadata(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(is.permissions().mode() & 0o7777, mode, "{path}");
    }
}
