// SPDX-License-Identifier: GPL-2.0-only
//! A module reads and writes files as its twin in C does, with the same errors; and whatever its handlers open, and
//! wherever they run, the kernel goes on.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use kmod_test::{Parity, config, errno, load, load_twin, program, without_capability};

const ESRCH: i32 = 3;
const EBADF: i32 = 9;
const EFBIG: i32 = 27;
const ELOOP: i32 = 40;

const BOTH: [&str; 2] = ["vm_kernel_file", "vm_kernel_file_c"];

/// `CAP_DAC_OVERRIDE`.
const DAC_OVERRIDE: u32 = 1;

const FOLDER: &str = "/tmp/vm_kernel_file";

fn ask(name: &str, request: &str) -> Result<usize, i32> {
    let device = OpenOptions::new().write(true).open(format!("/dev/{name}"));
    errno(device.unwrap().write(request.as_bytes()))
}

/// What is asked for, and then is in the file: both sides begin with the same.
fn asked(name: &str, before: Option<&str>, request: &str) -> (Result<usize, i32>, Option<String>) {
    let _ = fs::remove_dir_all(FOLDER);
    fs::create_dir_all(FOLDER).unwrap();
    let path = Path::new(FOLDER).join("file");
    if let Some(before) = before {
        fs::write(&path, before).unwrap();
    }
    let answer = ask(name, &format!("{request} and more"));
    let content = fs::read_to_string(&path).ok();
    let mode = fs::metadata(&path).map(|file| file.permissions().mode());
    (
        answer,
        content.map(|text| format!("{text} {:o}", mode.unwrap())),
    )
}

#[test]
fn files_are_written_as_by_c() {
    let _both = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for before in [None, Some(""), Some("before that")] {
        for verb in ["create", "new", "append", "update", "neither"] {
            for file in ["file", "", "none/file", "file/file"] {
                let request = format!("{verb} {FOLDER}/{file}");
                let answers = BOTH.map(|name| asked(name, before, &request));
                parity.case(format!("{request} after {before:?}"), answers);
            }
        }
    }
    // Where they are no files.
    for path in [
        "/dev/null",
        "/dev/full",
        "/proc/self/comm",
        "/proc/sys/kernel/hostname",
        "",
        "relative",
    ] {
        for verb in ["update", "append"] {
            let request = format!("{verb} {path} text");
            parity.case(&request, BOTH.map(|name| ask(name, &request)));
        }
    }
    parity.end();
}

#[test]
fn files_are_read_as_by_c() {
    let _both = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    let _ = fs::remove_dir_all(FOLDER);
    fs::create_dir_all(FOLDER).unwrap();
    let file = |name: &str| format!("{FOLDER}/{name}");
    for (name, size) in [
        ("empty", 0),
        ("page", 4096),
        ("more", 4097),
        ("most", 100_000),
        ("too-much", 100_001),
    ] {
        let bytes: Vec<u8> = (0..size).map(|at: u32| (at * 7 / 3) as u8).collect();
        fs::write(file(name), bytes).unwrap();
    }
    symlink(file("page"), file("link")).unwrap();
    symlink(file("loop"), file("loop")).unwrap();
    fs::write(file("secret"), "secret").unwrap();
    fs::set_permissions(file("secret"), PermissionsExt::from_mode(0o000)).unwrap();
    let names = [
        "empty", "page", "more", "most", "too-much", "link", "loop", "secret", "none", "",
    ];
    let paths = names.map(file);
    let others = [
        "/proc/version",
        "/proc/sys/kernel/ostype",
        "/sys/kernel/uevent_seqnum",
        "/dev/null",
        "/dev/zero",
        "/dev/kmsg",
    ];
    for path in paths.iter().map(String::as_str).chain(others) {
        let request = format!("read {path}");
        let read = |name| {
            (
                ask(name, &request),
                fs::read(format!("/dev/{name}")).unwrap(),
            )
        };
        let answers = BOTH.map(|name| {
            let (answer, content) = read(name);
            // Of what could not be read, nothing is said.
            let content = answer.is_ok().then_some(content);
            (answer.map(|_| ()), content)
        });
        parity.case(&request, answers);
    }
    assert_eq!(
        ask(BOTH[0], &format!("read {}", file("too-much"))),
        Err(EFBIG)
    );
    let request = format!("read {}", file("secret"));
    let without = BOTH.map(|name| without_capability(DAC_OVERRIDE, || ask(name, &request)));
    parity.case("without permission", without);
    parity.end();
}

#[test]
fn what_a_file_is_not_open_for_is_an_error() {
    let _module = load(&[]).unwrap();
    fs::write("/tmp/other", "other").unwrap();
    assert_eq!(ask(BOTH[0], "read-written /tmp/other"), Err(EBADF));
    assert_eq!(ask(BOTH[0], "write-read /tmp/other text"), Err(EBADF));
}

#[test]
fn a_file_that_reads_itself_ends() {
    // Lockdep reports the locks of one open file within those of another, and watches nothing after that.
    if config("PROVE_LOCKING").unwrap().is_some() {
        return;
    }
    let _module = load(&[]).unwrap();
    let itself = "/sys/module/vm_kernel_file/itself";
    let turns = || fs::read_to_string("/sys/module/vm_kernel_file/turns").unwrap();
    // Before 5.11, the kernel reads no files of sysfs itself.
    let read = errno(fs::read(itself)).unwrap_err();
    println!("read: {read} after {}", turns());
    let wrote = errno(fs::write(itself, "text")).unwrap_err();
    println!("written: {wrote} after {}", turns());
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap();
    if !release.starts_with("5.") {
        assert_eq!([read, wrote], [ELOOP; 2]);
        assert!(turns().trim().parse::<u32>().unwrap() > 2);
    }
}

#[test]
fn a_node_of_its_own_is_not_opened() {
    let module = load(&[]).unwrap();
    assert_eq!(ask(BOTH[0], "update /dev/vm_kernel_file text"), Err(ELOOP));
    assert_eq!(ask(BOTH[0], "read /dev/vm_kernel_file"), Err(ELOOP));
    drop(module);
}

#[test]
fn a_task_that_ends_opens_nothing() {
    let _module = load(&[]).unwrap();
    let late = "/dev/vm_kernel_file_late";
    let closed = || {
        fs::read_to_string(late)
            .unwrap()
            .trim()
            .parse::<i32>()
            .unwrap()
    };
    let _ = fs::remove_file("/tmp/closed");
    // 1 says that nothing was closed yet.
    assert_eq!(closed(), 1);
    assert_eq!(closed(), 0);
    assert_eq!(fs::read_to_string("/tmp/closed").unwrap(), "closed");
    // A process that ends with it open has no folders any more when it is closed.
    assert!(program("ends").arg(late).status().unwrap().success());
    assert_eq!(closed(), -ESRCH);
    assert_eq!(closed(), 0);
}
