// SPDX-License-Identifier: GPL-2.0-only
//! Parameters, next to those of the twin in C: same answers, same files, same values.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;

use kmod_test::{Kmsg, load, load_named, param, param_of, set_param, set_param_of};

const BOTH: [&str; 2] = ["hello", "hello_c"];

const NAMES: [&str; 13] = [
    "who", "greeting", "greet", "times", "tiny", "byte", "short", "ushort", "int", "long",
    "ullong", "offset", "size",
];

const INPUTS: &[&str] = &[
    "",
    "0",
    "1",
    "2",
    "10",
    "11",
    "-1",
    "+1",
    "-0",
    "--1",
    "+-1",
    "0x10",
    "0X1f",
    "-0x8",
    "010",
    "08",
    "0x",
    "0xg",
    "1e3",
    "1.5",
    "1,2",
    "x",
    "1x",
    "x1",
    "y",
    "Y",
    "yes",
    "n",
    "N",
    "on",
    "off",
    "On",
    "oN",
    "o",
    "t",
    "f",
    "true",
    "false",
    "maybe",
    "126",
    "127",
    "128",
    "-127",
    "-128",
    "-129",
    "254",
    "255",
    "256",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999",
    "000000000000000000000000000000000001",
    "é",
    "\"quoted text\"",
    "\" 1\"",
    "\"1 \"",
    "\"\"",
];

fn errno<T>(result: io::Result<T>) -> Option<i32> {
    result.err().map(|error| error.raw_os_error().unwrap())
}

/// Loads with `params`: errno, and what sysfs shows.
fn loaded(module: &str, params: &str) -> (Option<i32>, Vec<Option<String>>) {
    match load_named(module, &[params]) {
        Ok(_loaded) => {
            let values = NAMES.iter().map(|name| param_of(module, name).ok());
            (None, values.collect())
        }
        Err(error) => (error.raw_os_error(), Vec::new()),
    }
}

fn same(params: &str) {
    let [rust, c] = BOTH.map(|module| loaded(module, params));
    assert_eq!(rust, c, "{params:?}");
}

/// What each type may be given on `insmod`'s line: how it is written, and the type's ends.
const LOADS: [(&str, &[&str]); 13] = [
    ("who", &["", "a", "\"quoted text\"", "\"\"", "é"]),
    ("greeting", &["", "\"two words\"", "é"]),
    (
        "greet",
        &["", "Y", "n", "1", "0", "on", "off", "true", "maybe"],
    ),
    (
        "times",
        &["", "0", "1", "10", "11", "-1", "x", "4294967296"],
    ),
    ("tiny", &["-128", "-129", "127", "128", "x"]),
    ("byte", &["0", "255", "256", "-1", "0x10", "010", "1x"]),
    ("short", &["-32768", "-32769", "32767", "32768"]),
    ("ushort", &["0", "65535", "65536", "-1"]),
    (
        "int",
        &["-2147483648", "-2147483649", "2147483647", "2147483648"],
    ),
    (
        "long",
        &[
            "-9223372036854775808",
            "9223372036854775807",
            "9223372036854775808",
        ],
    ),
    (
        "ullong",
        &["18446744073709551615", "18446744073709551616", "-1"],
    ),
    ("offset", &["-9223372036854775809", "+1"]),
    ("size", &["18446744073709551615", "18446744073709551616"]),
];

#[test]
fn insmod_takes_what_c_takes() {
    for (name, inputs) in LOADS {
        for input in inputs {
            same(&format!("{name}={input}"));
        }
    }
}

#[test]
fn a_bare_name_is_as_in_c() {
    for name in ["who", "greet", "times", "tiny", "byte"] {
        same(name);
    }
}

#[test]
fn unknown_and_repeated_parameters_are_as_in_c() {
    for params in [
        "unknown=1",
        "byte=1 byte=2",
        "who=a who=b",
        "byte=1 byte=x",
        "who=a\nbyte=3",
    ] {
        same(params);
    }
}

#[test]
fn long_text_is_as_in_c() {
    for length in [1023, 1024, 1025] {
        same(&format!("who={}", "x".repeat(length)));
    }
}

#[test]
fn the_files_are_as_in_c() {
    let _modules = BOTH.map(|module| load_named(module, &[]).unwrap());
    let [rust, c] = BOTH.map(|module| {
        let mut files: Vec<_> = fs::read_dir(format!("/sys/module/{module}/parameters"))
            .unwrap()
            .map(|file| {
                let file = file.unwrap();
                let mode = file.metadata().unwrap().permissions().mode();
                let text = fs::read_to_string(file.path()).unwrap();
                (file.file_name().into_string().unwrap(), mode, text)
            })
            .collect();
        files.sort();
        files
    });
    assert_eq!(rust, c);
    assert!(
        rust.iter().all(|(name, ..)| name != "greeting"),
        "its perm is 0"
    );
}

#[test]
fn sysfs_takes_what_c_takes() {
    let _modules = BOTH.map(|module| load_named(module, &[]).unwrap());
    for name in NAMES
        .iter()
        .filter(|name| !["who", "greeting"].contains(name))
    {
        for input in INPUTS {
            for end in ["", "\n"] {
                let value = format!("{input}{end}");
                let [rust, c] = BOTH.map(|module| {
                    let errno = errno(set_param_of(module, name, &value));
                    (errno, param_of(module, name).unwrap())
                });
                assert_eq!(rust, c, "{name} {value:?}");
            }
        }
    }
}

#[test]
fn text_stays_while_the_module_refers_to_it() {
    let _module = load(&["who=Ada"]).unwrap();
    let path = "/sys/module/hello/parameters/who";
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    // EIO: the kernel goes by the mode that was declared.
    assert_eq!(errno(set_param("who", "Eve")), Some(5));
    assert_eq!(param("who").unwrap(), "Ada");
}

/// Loads with what is to be refused: errno and the log.
fn refused(param: &str) -> (Option<i32>, Vec<String>) {
    let mut kmsg = Kmsg::mark().unwrap();
    let errno = errno(load(&[param]));
    (errno, kmsg.lines().unwrap())
}

#[test]
fn the_log_names_parameter_and_rule() {
    for (param, errno, rule) in [
        ("times=0", 22, "`times`: 0 is outside 1..=10"),
        ("times=11", 22, "`times`: 11 is outside 1..=10"),
        ("times=abc", 22, "`times`: `abc` is not of type u32"),
        ("byte=256", 34, "`byte`: `256` is not of type u8"),
        ("tiny=-129", 34, "`tiny`: `-129` is not of type i8"),
        ("greet=maybe", 22, "`greet`: `maybe` is not of type bool"),
    ] {
        let (given, log) = refused(param);
        assert_eq!(given, Some(errno), "{param}");
        let expected = format!("hello: parameter {rule}");
        assert!(log.contains(&expected), "{param}: {log:#?}");
    }
}
