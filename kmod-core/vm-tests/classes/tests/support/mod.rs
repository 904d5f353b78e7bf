// SPDX-License-Identifier: GPL-2.0-only
//! What the tests of all classes do.
#![allow(dead_code, reason = "each test program uses some of it")]

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Parity, errno, load};

/// The module, and its twin.
pub const MODULES: [&str; 2] = ["vm_classes", "vm_classes_c"];

/// Writes to a file with one `write(2)`.
pub fn write(path: &str, text: &str) -> Result<usize, i32> {
    let file = errno(OpenOptions::new().write(true).open(path));
    file.and_then(|mut file| errno(file.write(text.as_bytes())))
}

/// Reads a file.
pub fn read(path: &str) -> Result<String, i32> {
    errno(fs::read_to_string(path))
}

/// Binds or unbinds the device of a driver.
pub fn bind(how: &str) -> Result<usize, i32> {
    bind_of(MODULES[0], how)
}

/// The same of the twin's, too.
pub fn bind_of(name: &str, how: &str) -> Result<usize, i32> {
    write(&format!("/sys/bus/platform/drivers/{name}/{how}"), name)
}

/// The names of the files of a folder, and their modes.
pub fn files(folder: &str) -> Vec<(String, u32)> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| {
            let mode = entry.metadata().unwrap().mode();
            (entry.file_name().into_string().unwrap(), mode)
        })
        .collect();
    files.sort();
    files
}

/// The plain files of a folder have the same names and modes as the twin's, and read alike, but for those
/// named in `but`, which are not read.
pub fn same_files(parity: &mut Parity, what: &str, folders: &[String; 2], but: &[&str]) {
    let all = folders.each_ref().map(|folder| files(folder));
    for (name, mode) in &all[0] {
        let paths = folders.each_ref().map(|folder| format!("{folder}/{name}"));
        let is_file = fs::metadata(&paths[0]).unwrap().is_file();
        if is_file && mode & 0o444 != 0 && !but.contains(&name.as_str()) {
            let text = |path: &String| read(path).map(|text| text.replace(MODULES[1], MODULES[0]));
            parity.case(format!("{what}: {name}"), paths.each_ref().map(text));
        }
    }
    // Folders of devices below it have numbers.
    let is_folder = |mode: u32| mode & 0o170_000 == 0o040_000;
    let names = all.map(|all| {
        let plain = |(name, mode): (String, u32)| match is_folder(mode) {
            true => (
                name.trim_end_matches(|c: char| c.is_ascii_digit())
                    .to_owned(),
                mode,
            ),
            false => (name, mode),
        };
        all.into_iter().map(plain).collect::<Vec<_>>()
    });
    parity.case(format!("files of {what}"), names);
}

/// Takes the device away and brings it back, and the module, while others read and write files of it.
pub fn goes_under_users(files: &[(String, Vec<&str>)]) {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for (path, inputs) in files {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = read(path);
                    for input in inputs {
                        let _ = write(path, input);
                    }
                }
            });
        }
        for _ in 0..2 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                bind(how).unwrap();
            }
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
}

/// What a file that was opened before gives when the device has gone.
pub fn after_unbind(path: &str) -> Result<usize, i32> {
    let mut file = File::open(path).unwrap();
    bind("unbind").unwrap();
    assert!(!Path::new(path).exists());
    let end = errno(file.read(&mut [0; 8]));
    bind("bind").unwrap();
    end
}
