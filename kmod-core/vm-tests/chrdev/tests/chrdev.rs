// SPDX-License-Identifier: GPL-2.0-only
//! Nodes and numbers, and what each handler, there or absent, answers.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use kmod_test::{TempDir, char_major, fault, load, lseek, mknod, node_number};

const EAGAIN: i32 = 11;
const EFAULT: i32 = 14;
const EINVAL: i32 = 22;
const ENXIO: i32 = 6;
const EPERM: i32 = 1;
const ERANGE: i32 = 34;
const ESPIPE: i32 = 29;
const EOVERFLOW: i32 = 75;

const SEEK_SET: i32 = 0;
const SEEK_CUR: i32 = 1;
const SEEK_END: i32 = 2;
const SEEK_DATA: i32 = 3;
const SEEK_HOLE: i32 = 4;

fn errno<T: std::fmt::Debug>(result: io::Result<T>) -> i32 {
    result.unwrap_err().raw_os_error().unwrap()
}

fn open(path: impl AsRef<Path>) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

#[test]
fn every_minor_has_a_node_with_number_and_mode() {
    let module = load(&[]).unwrap();
    let nodes = [
        ("vm_digits", "vm_digits", 0, 0o444),
        ("vm_place", "vm_place", 0, 0o600),
        ("vm_text", "vm_text", 0, 0o640),
        ("vm_count", "vm_count0", 0, 0o666),
        ("vm_count", "vm_count1", 1, 0o666),
        ("vm_count", "vm_count2", 2, 0o666),
    ];
    for (device, node, minor, mode) in nodes {
        let path = format!("/dev/{node}");
        let number = (char_major(device).unwrap(), minor);
        assert_eq!(node_number(&path).unwrap(), number, "{node}");
        let permissions = fs::metadata(&path).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o7777, mode, "{node}");
    }
    assert!(!Path::new("/dev/vm_count3").exists());
    assert!(Path::new("/sys/class/vm_count/vm_count1/dev").exists());

    module.unload().unwrap();
    for (device, node, ..) in nodes {
        assert!(!Path::new("/dev").join(node).exists(), "{node}");
        assert!(char_major(device).is_err(), "{device}");
        assert!(!Path::new("/sys/class").join(device).exists(), "{device}");
    }
}

/// The file that a number of the device has, made by hand.
fn open_number(device: &str, minor: u32) -> io::Result<File> {
    let dir = TempDir::new().unwrap();
    let node = dir.join("node");
    mknod(&node, char_major(device).unwrap(), minor).unwrap();
    open(node)
}

#[test]
fn there_are_as_many_minors_as_a_parameter_says() {
    for (given, lanes) in [(None, 2), (Some("1"), 1), (Some("5"), 5), (Some("8"), 8)] {
        let given: Vec<_> = given.map(|n| format!("lanes={n}")).into_iter().collect();
        let params: Vec<_> = given.iter().map(String::as_str).collect();
        let module = load(&params).unwrap();
        for lane in 0..lanes {
            File::open(format!("/dev/vm_lane/{lane}")).unwrap();
        }
        assert!(!Path::new(&format!("/dev/vm_lane/{lanes}")).exists());
        assert_eq!(errno(open_number("vm_lane", lanes)), ENXIO);
        // Their sysfs file cannot be written, whatever root makes of its mode.
        let file = Path::new("/sys/module/vm_chrdev/parameters/lanes");
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
        fs::write(file, "3").unwrap_err();
        module.unload().unwrap();
        assert!(!Path::new("/dev/vm_lane/0").exists());
        assert!(char_major("vm_lane").is_err() && char_major("vm_spare").is_err());
    }
}

#[test]
fn no_other_number_of_minors_is_taken() {
    for lanes in ["0", "9", "-1", "65537", "99999999999999999999", "many", ""] {
        let result = load(&[&format!("lanes={lanes}")]);
        assert!(
            [EINVAL, ERANGE].contains(&errno(result.map(drop))),
            "{lanes}"
        );
        assert!(char_major("vm_lane").is_err());
    }
}

#[test]
fn a_node_made_by_hand_is_the_same_device() {
    let _module = load(&[]).unwrap();
    let dir = TempDir::new().unwrap();
    let node = dir.join("digits");
    mknod(&node, char_major("vm_digits").unwrap(), 0).unwrap();
    let mut data = [0; 4];
    File::open(node).unwrap().read_exact(&mut data).unwrap();
    assert_eq!(&data, b"0123");
}

#[test]
fn a_minor_behind_the_last_is_enxio() {
    let _module = load(&[]).unwrap();
    let dir = TempDir::new().unwrap();
    let major = char_major("vm_count").unwrap();
    for minor in [3, 4, 255] {
        let node = dir.join(&minor.to_string());
        mknod(&node, major, minor).unwrap();
        assert_eq!(errno(open(node)), ENXIO, "minor {minor}");
    }
}

#[test]
fn a_node_of_an_unloaded_module_is_enxio() {
    let module = load(&[]).unwrap();
    let dir = TempDir::new().unwrap();
    let node = dir.join("digits");
    mknod(&node, char_major("vm_digits").unwrap(), 0).unwrap();
    drop(File::open(&node).unwrap());
    module.unload().unwrap();
    assert_eq!(errno(File::open(&node)), ENXIO);
}

#[test]
fn reading_moves_the_position() {
    let _module = load(&[]).unwrap();
    let mut file = File::open("/dev/vm_digits").unwrap();
    let mut data = [0; 13];
    file.read_exact(&mut data).unwrap();
    assert_eq!(&data, b"0123456789012");
    let mut data = [0; 5];
    file.read_exact(&mut data).unwrap();
    assert_eq!(&data, b"34567");
}

#[test]
fn pread_brings_its_own_position() {
    let _module = load(&[]).unwrap();
    let mut file = File::open("/dev/vm_digits").unwrap();
    let mut data = [0; 6];
    file.read_exact_at(&mut data, 1_000_007).unwrap();
    assert_eq!(&data, b"789012");
    file.read_exact(&mut data[..2]).unwrap();
    assert_eq!(&data[..2], b"01");
}

#[test]
fn a_buffer_of_nothing_and_a_large_one() {
    let _module = load(&[]).unwrap();
    let mut file = File::open("/dev/vm_digits").unwrap();
    assert_eq!(file.read(&mut []).unwrap(), 0);
    let mut data = vec![0; 1 << 20];
    assert_eq!(file.read(&mut data).unwrap(), data.len());
    assert!((0..data.len()).all(|i| data[i] == b'0' + (i % 10) as u8));
}

#[test]
fn an_absent_read_or_write_is_einval() {
    let _module = load(&[]).unwrap();
    let mut place = open("/dev/vm_place").unwrap();
    assert_eq!(errno(place.read(&mut [0; 8])), EINVAL);
    assert_eq!(errno(place.write(b"x")), EINVAL);
    // As root, whatever the mode says.
    assert_eq!(errno(open("/dev/vm_digits").unwrap().write(b"x")), EINVAL);
    assert_eq!(errno(open("/dev/vm_sip").unwrap().read(&mut [0])), EINVAL);
}

#[test]
fn an_absent_llseek_is_espipe() {
    let _module = load(&[]).unwrap();
    let mut file = File::open("/dev/vm_digits").unwrap();
    for to in [SeekFrom::Start(3), SeekFrom::Current(3), SeekFrom::End(-3)] {
        assert_eq!(errno(file.seek(to)), ESPIPE, "{to:?}");
    }
}

#[test]
fn llseek_gives_what_the_handler_says() {
    let _module = load(&[]).unwrap();
    let mut file = open("/dev/vm_place").unwrap();
    for to in [SeekFrom::Start(3), SeekFrom::Current(3), SeekFrom::End(-3)] {
        assert_eq!(file.seek(to).unwrap(), 4321, "{to:?}");
    }
    assert_eq!(errno(lseek(&file, -1, SEEK_SET)), EINVAL);
    assert_eq!(errno(lseek(&file, i64::MIN, SEEK_SET)), EINVAL);
    assert_eq!(errno(lseek(&file, 0, SEEK_DATA)), EINVAL);
    assert_eq!(errno(lseek(&file, 0, SEEK_HOLE)), EINVAL);
    assert_eq!(errno(lseek(&file, 0, 99)), EINVAL);
    // The handler answers with more than a loff_t holds.
    assert_eq!(errno(lseek(&file, 0, SEEK_END)), EOVERFLOW);
}

#[test]
fn a_file_of_fixed_size_seeks_within_it() {
    let _module = load(&[]).unwrap();
    let mut file = File::open("/dev/vm_text").unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "once written, often read");
    let size = text.len() as i64;

    assert_eq!(lseek(&file, 5, SEEK_SET).unwrap(), 5);
    assert_eq!(lseek(&file, 2, SEEK_CUR).unwrap(), 7);
    let mut word = [0; 5];
    file.read_exact(&mut word).unwrap();
    assert_eq!(&word, b"itten");
    assert_eq!(lseek(&file, 0, SEEK_CUR).unwrap(), 12);
    assert_eq!(lseek(&file, -4, SEEK_END).unwrap(), 20);
    assert_eq!(file.read(&mut [0; 9]).unwrap(), 4);
    assert_eq!(file.read(&mut [0; 9]).unwrap(), 0);

    assert_eq!(errno(lseek(&file, size + 1, SEEK_SET)), EINVAL);
    assert_eq!(errno(lseek(&file, 1, SEEK_END)), EINVAL);
    assert_eq!(errno(lseek(&file, -size - 1, SEEK_CUR)), EINVAL);
    assert_eq!(lseek(&file, 0, SEEK_CUR).unwrap(), size as u64);
    assert_eq!(file.read_at(&mut [0; 9], 1 << 40).unwrap(), 0);
}

#[test]
fn writes_are_counted_for_each_open_file() {
    let _module = load(&[]).unwrap();
    let mut first = open("/dev/vm_count1").unwrap();
    let mut second = open("/dev/vm_count2").unwrap();
    assert_eq!(first.write(b"abc").unwrap(), 3);
    assert_eq!(second.write(&[0; 100]).unwrap(), 100);
    assert_eq!(first.write(b"defgh").unwrap(), 5);
    assert_eq!(first.write(b"").unwrap(), 0);

    let show = |file: &File| {
        let mut text = [0; 32];
        let n = file.read_at(&mut text, 0).unwrap();
        String::from_utf8_lossy(&text[..n]).into_owned()
    };
    assert_eq!(show(&first), "1: 8\n");
    assert_eq!(show(&second), "2: 100\n");
    assert_eq!(show(&open("/dev/vm_count0").unwrap()), "0: 0\n");
}

#[test]
fn what_a_handler_does_not_take_is_not_written() {
    let _module = load(&[]).unwrap();
    let mut sip = open("/dev/vm_sip").unwrap();
    assert_eq!(sip.write(b"abcdefgh").unwrap(), 4);
    assert_eq!(sip.write(b"ab").unwrap(), 2);
    assert_eq!(errno(sip.write(b"ab!")), EPERM);
}

#[test]
fn a_read_into_unmapped_memory_loses_nothing() {
    let _module = load(&[]).unwrap();
    let mut file = File::open("/dev/vm_text").unwrap();
    assert_eq!(errno(fault::read_into_unmapped(&file, 8)), EFAULT);
    assert_eq!(errno(fault::pread_into_unmapped(&file, 8, 3)), EFAULT);
    // What is there of the memory is written, as `simple_read_from_buffer()` does: all of it, or on
    // processors that copy by words, what they tell of it.
    let there = fault::read_partly_mapped(&file, 4, 8).unwrap();
    assert!((1..=4).contains(&there.len()), "{there:?}");
    let mut text = String::from_utf8(there).unwrap();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "once written, often read");
}

#[test]
fn a_write_from_unmapped_memory_takes_nothing() {
    let _module = load(&[]).unwrap();
    let file = open("/dev/vm_count0").unwrap();
    assert_eq!(errno(fault::write_from_unmapped(&file, 8)), EFAULT);
    assert_eq!(errno(fault::write_partly_mapped(&file, b"abc", 8)), EFAULT);
    let mut text = [0; 8];
    let n = file.read_at(&mut text, 0).unwrap();
    assert_eq!(&text[..n], b"0: 0\n");
}

#[test]
fn an_open_can_be_refused() {
    let _module = load(&[]).unwrap();
    let refused = OpenOptions::new()
        .read(true)
        .custom_flags(0o4000)
        .open("/dev/vm_count0");
    assert_eq!(errno(refused), EAGAIN);
    assert_eq!(fs::read_to_string("/dev/vm_events").unwrap(), "0 0 0\n");
}

#[test]
fn every_open_is_released_once() {
    let _module = load(&[]).unwrap();
    for round in 0..100 {
        let path = format!("/dev/vm_count{}", round % 3);
        let first = open(path).unwrap();
        let same = first.try_clone().unwrap();
        drop(first);
        assert_eq!(
            fs::read_to_string("/dev/vm_events").unwrap(),
            format!("{} {round} {round}\n", round + 1)
        );
        drop(same);
    }
    assert_eq!(
        fs::read_to_string("/dev/vm_events").unwrap(),
        "100 100 100\n"
    );
}
