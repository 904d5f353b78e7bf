// SPDX-License-Identifier: GPL-2.0-only
//! What is in the file comes to the module, and stays there, whatever becomes of the file.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use kmod_test::{Loaded, errno, load, load_twin, modinfo};

const ENOENT: i32 = 2;
const EINVAL: i32 = 22;
const ENODATA: i32 = 61;

/// Where the kernel looks.
const FOLDER: &str = "/lib/firmware/vm";

fn put(file: &str, content: &[u8]) {
    fs::create_dir_all(FOLDER).unwrap();
    fs::write(Path::new(FOLDER).join(file), content).unwrap();
}

fn sides() -> [(&'static str, Loaded); 2] {
    [
        ("vm_request_firmware", load(&[]).unwrap()),
        ("vm_request_firmware_c", load_twin(&[]).unwrap()),
    ]
}

fn ask(name: &str, which: &str) -> Result<usize, i32> {
    let device = OpenOptions::new().write(true).open(format!("/dev/{name}"));
    errno(device.unwrap().write(which.as_bytes()))
}

fn told(name: &str) -> Result<Vec<u8>, i32> {
    errno(fs::read(format!("/dev/{name}")))
}

#[test]
fn the_bytes_are_those_of_the_file() {
    let large: Vec<u8> = (0..300_001_u32).map(|at| (at * 7 / 3) as u8).collect();
    put("one.bin", &large);
    put("two.bin", b"2");
    for (name, _module) in sides() {
        assert_eq!(told(name), Err(ENODATA), "{name}");
        assert_eq!(ask(name, "0"), Ok(1), "{name}");
        assert_eq!(told(name).unwrap(), large, "{name}");
        assert_eq!(ask(name, "1"), Ok(1), "{name}");
        assert_eq!(told(name).unwrap(), b"2", "{name}");
    }
}

#[test]
fn what_is_not_there_is_an_error() {
    put("two.bin", b"2");
    for (name, _module) in sides() {
        assert_eq!(ask(name, "1"), Ok(1), "{name}");
        assert_eq!(ask(name, "2"), Err(ENOENT), "{name}");
        assert_eq!(told(name), Err(ENODATA), "{name}");
        assert_eq!(ask(name, "3"), Err(EINVAL), "{name}");
    }
    // An empty file is none that can be read.
    put("one.bin", b"");
    let answers = sides().map(|(name, _module)| ask(name, "0"));
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn bytes_stay_when_the_file_goes() {
    for (name, _module) in sides() {
        put("two.bin", b"as it was");
        ask(name, "1").unwrap();
        put("two.bin", b"changed");
        fs::remove_dir_all(FOLDER).unwrap();
        assert_eq!(told(name).unwrap(), b"as it was", "{name}");
        assert_eq!(ask(name, "1"), Err(ENOENT), "{name}");
    }
}

#[test]
fn another_folder_is_looked_at_first() {
    let parameter = "/sys/module/firmware_class/parameters/path";
    fs::create_dir_all("/tmp/elsewhere/vm").unwrap();
    fs::write("/tmp/elsewhere/vm/two.bin", b"elsewhere").unwrap();
    put("two.bin", b"here");
    for (name, _module) in sides() {
        fs::write(parameter, "/tmp/elsewhere").unwrap();
        ask(name, "1").unwrap();
        assert_eq!(told(name).unwrap(), b"elsewhere", "{name}");
        fs::write(parameter, "/nowhere").unwrap();
        ask(name, "1").unwrap();
        assert_eq!(told(name).unwrap(), b"here", "{name}");
    }
}

#[test]
fn a_device_has_a_file_of_its_own() {
    let bound = "vm_request_firmware_bound";
    put("one.bin", b"for a device");
    for _ in 0..20 {
        let module = load(&[]).unwrap();
        assert_eq!(told(bound).unwrap(), b"for a device");
        drop(module);
    }
    fs::remove_dir_all(FOLDER).unwrap();
    let _module = load(&[]).unwrap();
    assert_eq!(told(bound), Err(ENOENT));
}

#[test]
fn tools_are_told_of_the_files() {
    let files = |name| modinfo(name, "firmware=").unwrap();
    let of_c = files("vm_request_firmware_c");
    assert_eq!(of_c.len(), 3);
    assert_eq!(files("vm_request_firmware"), of_c);
}
