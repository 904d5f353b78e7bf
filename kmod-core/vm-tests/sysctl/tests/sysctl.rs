// SPDX-License-Identifier: GPL-2.0-only
//! What the files below `/proc/sys` are, show and take.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::Path;

use kmod_test::{Kmsg, load, load_twin, set_sysctl, sysctl};

const EACCES: i32 = 13;
const EINVAL: i32 = 22;
const ENOMEM: i32 = 12;
const EPERM: i32 = 1;
const ERANGE: i32 = 34;

const DIR: &str = "/proc/sys/vm_sysctl";

fn get(name: &str) -> String {
    sysctl(&format!("vm_sysctl/{name}")).unwrap()
}

/// Writes; 0 or an errno.
fn set(name: &str, value: &str) -> i32 {
    errno(set_sysctl(&format!("vm_sysctl/{name}"), value))
}

fn errno<T>(result: io::Result<T>) -> i32 {
    result
        .err()
        .map_or(0, |error| error.raw_os_error().unwrap())
}

fn open(name: &str) -> File {
    File::open(format!("{DIR}/{name}")).unwrap()
}

#[test]
fn the_default_is_the_fields() {
    let _module = load(&[]).unwrap();
    assert_eq!(fs::read_to_string(format!("{DIR}/i32")).unwrap(), "0\n");
    assert_eq!(fs::read_to_string(format!("{DIR}/text")).unwrap(), "\n");
}

#[test]
fn what_is_written_is_read_also_by_the_module() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    assert_eq!(set("i32", "1234\n"), 0);
    assert_eq!(get("i32"), "1234");
    assert_eq!(set("text", "some text\n"), 0);
    module.unload().unwrap();
    let lines = log.lines().unwrap();
    let said = "vm_sysctl: i32 is 1234, text is some text";
    assert!(lines.iter().any(|line| line == said), "{lines:#?}");
}

#[test]
fn whitespace_around_a_number_does_not_matter() {
    let _module = load(&[]).unwrap();
    assert_eq!(set("i32", " \t\n 7 \n\t "), 0);
    assert_eq!(get("i32"), "7");
    assert_eq!(set("i64", "\n -7 \n"), 0);
    assert_eq!(get("i64"), "-7");
}

#[test]
fn a_setting_is_one_of_its_names() {
    let _module = load(&[]).unwrap();
    let file = format!("{DIR}/bass");
    assert_eq!(fs::read_to_string(&file).unwrap(), "flat\n");
    assert_eq!(set("bass", "cut\n"), 0);
    assert_eq!(get("changes"), "1");
    for other in ["Cut", "cut_off", "\n", "boos", "boosts", "\u{e9}"] {
        assert_eq!(set("bass", other), EINVAL, "{other:?}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "cut\n");
    assert_eq!(set("bass", "boost"), 0);
    assert_eq!(get("changes"), "2");
    // The text is there once, and cut where there is no room for it.
    let mut file = open("bass");
    let mut some = [0; 3];
    assert_eq!(file.read(&mut some).unwrap(), 3);
    assert_eq!(&some, b"boo");
    assert_eq!(file.read(&mut some).unwrap(), 0);
}

#[test]
fn nothing_is_left_after_unload() {
    let module = load(&[]).unwrap();
    assert!(Path::new("/proc/sys/vm_sysctl/deep/er/number").exists());
    module.unload().unwrap();
    assert!(!Path::new(DIR).exists());
}

#[test]
fn every_width_has_its_bounds() {
    let _module = load(&[]).unwrap();
    for (name, min, max) in [
        ("i8", i128::from(i8::MIN), i128::from(i8::MAX)),
        ("i16", i16::MIN.into(), i16::MAX.into()),
        ("i32", i32::MIN.into(), i32::MAX.into()),
        ("i64", i64::MIN.into(), i64::MAX.into()),
        ("isize", i64::MIN.into(), i64::MAX.into()),
        ("u8", 0, u8::MAX.into()),
        ("u16", 0, u16::MAX.into()),
        ("u32", 0, u32::MAX.into()),
        ("u64", 0, u64::MAX.into()),
        ("usize", 0, u64::MAX.into()),
        ("i32_range", -5, 100),
        ("u32_range", 1, 100),
        ("u64_range", 1, 100),
        ("i64_range", -5, 100),
    ] {
        for inside in [min, min + 1, max - 1, max] {
            assert_eq!(set(name, &inside.to_string()), 0, "{name}: {inside}");
            assert_eq!(get(name), inside.to_string(), "{name}");
        }
        for outside in [min - 1, max + 1, min - (1 << 32), max + (1 << 32)] {
            let errno = set(name, &outside.to_string());
            // In 5.10, proc_doulongvec_minmax() passes over a negative number.
            let ignored = outside < 0 && ["u64", "usize", "u64_range"].contains(&name);
            assert!(errno == EINVAL || ignored, "{name}: {outside}: {errno}");
            assert_eq!(get(name), max.to_string(), "{name}");
        }
    }
}

#[test]
fn what_is_no_number_is_refused() {
    let _module = load(&[]).unwrap();
    for name in ["bool", "i8", "i32", "i64", "u8", "u32", "u64"] {
        for text in [
            "x",
            "-",
            "",
            "--1",
            "- 1",
            "+1",
            "1x",
            "0x",
            " ",
            "\n",
            "99999999999999999999999",
        ] {
            let file = OpenOptions::new().write(true).open(format!("{DIR}/{name}"));
            let mut file = file.unwrap();
            let expected = if text.is_empty() { 0 } else { EINVAL };
            assert_eq!(
                errno(file.write(text.as_bytes())),
                expected,
                "{name}: {text:?}"
            );
        }
        assert_eq!(get(name), "0");
    }
    let long = "1".repeat(4096);
    assert_eq!(set("u32", &long), EINVAL);
}

#[test]
fn a_bool_is_true_unless_zero() {
    let _module = load(&[]).unwrap();
    for (written, shown) in [
        ("1", "1"),
        ("0", "0"),
        ("2", "1"),
        ("-1", "1"),
        ("0\n", "0"),
    ] {
        assert_eq!(set("bool", written), 0, "{written:?}");
        assert_eq!(get("bool"), shown, "{written:?}");
    }
}

#[test]
fn the_mode_is_the_files() {
    let _module = load(&[]).unwrap();
    for (name, mode) in [
        ("i32", 0o644),
        ("read_only", 0o444),
        ("write_only", 0o200),
        ("private", 0o600),
        ("source", 0o664),
    ] {
        let permissions = fs::metadata(format!("{DIR}/{name}")).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o7777, mode, "{name}");
    }
    // Not even root may what the mode forbids.
    let refused = errno(set_sysctl("vm_sysctl/read_only", "1"));
    assert!([EACCES, EPERM].contains(&refused), "{refused}");
    let refused = errno(sysctl("vm_sysctl/write_only"));
    assert!([EACCES, EPERM].contains(&refused), "{refused}");
    assert_eq!(set("write_only", "1"), 0);
}

#[test]
fn text_is_a_line() {
    let _module = load(&[]).unwrap();
    assert_eq!(set("text", "first\nsecond\n"), 0);
    assert_eq!(get("text"), "first");
    assert_eq!(set("text", "nul\0behind"), 0);
    assert_eq!(get("text"), "nul");
    assert_eq!(set("text", "0123456789abcdefghi"), 0);
    assert_eq!(get("text"), "0123456789abcde");
    assert_eq!(set("text", "ünïcödé"), 0);
    assert_eq!(get("text"), "ünïcödé");
}

#[test]
fn text_stays_utf8() {
    let _module = load(&[]).unwrap();
    assert_eq!(set("text", "before"), 0);
    let file = OpenOptions::new().write(true).open(format!("{DIR}/text"));
    assert_eq!(errno(file.unwrap().write(b"a\xffb")), EINVAL);
    // Cut within a character.
    assert_eq!(set("text", "0123456789abcdö"), EINVAL);
    assert_eq!(get("text"), "before");
}

#[test]
fn text_is_read_in_pieces() {
    let _module = load(&[]).unwrap();
    assert_eq!(set("text", "0123456"), 0);
    let (mut file, mut all) = (open("text"), Vec::new());
    loop {
        let mut piece = [0; 3];
        match file.read(&mut piece).unwrap() {
            0 => break,
            n => all.extend_from_slice(&piece[..n]),
        }
    }
    assert_eq!(all, b"0123456\n");
}

#[test]
fn a_number_is_read_at_once() {
    let _module = load(&[]).unwrap();
    for name in ["i32", "i64"] {
        assert_eq!(set(name, "-1234567"), 0);
        for (size, expected) in [(1, "-"), (2, "-1"), (8, "-1234567"), (9, "-1234567\n")] {
            let mut file = open(name);
            let mut piece = vec![0; size];
            assert_eq!(file.read(&mut piece).unwrap(), size, "{name}");
            assert_eq!(piece, expected.as_bytes(), "{name}");
            assert_eq!(file.read(&mut piece).unwrap(), 0, "{name}: at an offset");
        }
        assert_eq!(open(name).read_at(&mut [0; 9], 3).unwrap(), 0, "{name}");
    }
}

#[test]
fn a_type_of_ones_own_shows_text() {
    let _module = load(&[]).unwrap();
    assert_eq!(get("lines"), "");
    assert_eq!(set("lines", "2\n"), 0);
    assert_eq!(get("lines"), "line 1\nline 2");
    assert_eq!(set("lines", "many"), EINVAL);
    assert_eq!(set("lines", "101"), ERANGE);
    // Text is given at once, as a number is.
    let (mut file, mut piece) = (open("lines"), [0; 5]);
    assert_eq!(file.read(&mut piece).unwrap(), 5);
    assert_eq!(&piece, b"line ");
    assert_eq!(file.read(&mut piece).unwrap(), 0);
    assert_eq!(open("lines").read_at(&mut piece, 7).unwrap(), 0);
}

#[test]
fn a_type_of_ones_own_gives_bytes() {
    let _module = load(&[]).unwrap();
    let mut file = open("source");
    for _ in 0..2 {
        let mut bytes = [0; 8];
        file.read_exact(&mut bytes).unwrap();
        assert_eq!(&bytes, b"new xxxx");
    }
    assert_eq!(file.read(&mut [0; 2]).unwrap(), 2);
    assert_eq!(set("source", "x"), EINVAL);
}

#[test]
fn a_path_that_is_taken_fails_insmod() {
    let first = load(&[]).unwrap();
    let error = load_twin(&["dir=vm_sysctl"]).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(ENOMEM));
    first.unload().unwrap();

    let twin = load_twin(&["dir=vm_sysctl"]).unwrap();
    let error = load(&[]).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(ENOMEM));
    assert!(!kmod_test::is_loaded("vm_sysctl"));
    assert!(!Path::new("/proc/sys/vm_sysctl/lines").exists());
    twin.unload().unwrap();
    assert!(!Path::new(DIR).exists());
}

/// A folder has a table for what stands before a device, and one for what stands behind it.
#[test]
fn a_folder_may_be_registered_in_pieces() {
    let module = load(&[]).unwrap();
    for (name, value) in [("i32", "7"), ("behind", "8"), ("behind_too", "9")] {
        assert_eq!(set(name, value), 0);
        assert_eq!(get(name), value);
    }
    assert_eq!(set("behind_too", "101"), EINVAL);
    assert!(Path::new("/dev/vm_sysctl").exists());
    assert!(!Path::new("/proc/sys/vm_sysctl/absent").exists());
    module.unload().unwrap();
    assert!(!Path::new(DIR).exists());
    assert!(!Path::new("/dev/vm_sysctl").exists());
}

#[test]
fn a_table_that_is_refused_takes_back_what_stands_before_it() {
    for _ in 0..3 {
        let twin = load_twin(&["dir=vm_sysctl/taken"]).unwrap();
        let error = load(&[]).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(ENOMEM));
        assert!(!kmod_test::is_loaded("vm_sysctl"));
        assert!(!Path::new("/dev/vm_sysctl").exists());
        // The folder is there for the twin's, and nothing else is in it.
        let mut left = fs::read_dir(DIR).unwrap();
        assert_eq!(left.next().unwrap().unwrap().file_name(), "taken");
        assert!(left.next().is_none());
        twin.unload().unwrap();
        assert!(!Path::new(DIR).exists());
        load(&[]).unwrap().unload().unwrap();
    }
}

#[test]
fn a_row_is_as_long_as_the_field() {
    let _module = load(&[]).unwrap();
    assert_eq!(get("i64_row"), "0\t0\t0");
    assert_eq!(set("i64_row", "-1 2\t-3\n"), 0);
    assert_eq!(get("i64_row"), "-1\t2\t-3");
    // What is left out stays as it is.
    assert_eq!(set("i64_row", "7"), 0);
    assert_eq!(get("i64_row"), "7\t2\t-3");
    // What comes before the mistake is stored, as in C.
    assert_eq!(set("u8_row", "1 256 3"), EINVAL);
    assert_eq!(get("u8_row"), "1\t0\t0");
}

#[test]
fn unsigned_numbers_may_be_shown_in_another_radix() {
    let _module = load(&[]).unwrap();
    for written in ["0x1f", "31", "037", "0X1F"] {
        assert_eq!(set("hex", written), 0);
        assert_eq!(get("hex"), "0x1f");
        assert_eq!(set("octal", written), 0);
        assert_eq!(get("octal"), "037");
        assert_eq!(set("hex", "0"), 0);
        assert_eq!(set("octal", "0"), 0);
        assert_eq!((get("hex"), get("octal")), ("0x0".into(), "0".into()));
    }
    assert_eq!(set("hex_row", "255 0 0x10"), 0);
    assert_eq!(get("hex_row"), "0xff\t0x0\t0x10");
    let mut piece = [0; 6];
    assert_eq!(open("hex_row").read_at(&mut piece, 3).unwrap(), 6);
    assert_eq!(&piece, b"f\t0x0\t");
}

#[test]
fn jiffies_are_times() {
    let _module = load(&[]).unwrap();
    for (name, time, wrong) in [
        ("seconds", "3", "2147483647"),
        ("user_hz", "300", "soon"),
        ("ms", "3000", "4294967295"),
        ("ms_u64", "3000", "10100"),
        ("ms_u64", "100", "80"),
    ] {
        assert_eq!(set(name, time), 0, "{name}");
        assert_eq!(get(name), time, "{name}");
        assert_eq!(set(name, wrong), EINVAL, "{name}");
        assert_eq!(get(name), time, "{name}");
    }
}

#[test]
fn a_handler_sees_its_module() {
    let _module = load(&[]).unwrap();
    assert_eq!(set("i32", "77"), 0);
    assert_eq!(get("slow"), "77");
    assert_eq!(set("slow", "1"), 0);
    assert_eq!(get("i32"), "-1");
    assert_eq!(set("slow", "soon"), EINVAL);
    // Only the write that succeeded was a change.
    assert_eq!(get("changes"), "1");
}
