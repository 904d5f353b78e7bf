// SPDX-License-Identifier: GPL-2.0-only
//! The same inputs to the module and to its C twin: what `write(2)` and `read(2)` return, and what
//! the file shows afterwards, are the same.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use kmod_test::{load, load_twin};

/// What both have. For the signed 64-bit numbers the kernel has no handler: theirs is compared
/// with the one for 32 bits, as far as values fit.
const PAIRS: [(&str, &str); 14] = [
    ("bool", "bool"),
    ("i8", "i8"),
    ("i16", "i16"),
    ("i32", "i32"),
    ("u8", "u8"),
    ("u16", "u16"),
    ("u32", "u32"),
    ("u64", "u64"),
    ("usize", "u64"),
    ("i32_range", "i32_range"),
    ("u32_range", "u32_range"),
    ("u64_range", "u64_range"),
    ("text", "text"),
    ("i64_range", "i32_range"),
];

/// Each is written to every pair.
const INPUTS: &[&[&str]] = &[
    // Signs.
    &["0", "1", "-1", "+1", "--1", "+-1", "-0", "-", "+", "- 1"],
    // Ends of ranges and types, and one beyond.
    &[
        "2",
        "100",
        "101",
        "-5",
        "-6",
        "-7",
        "127",
        "128",
        "-128",
        "-129",
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
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999",
    ],
    // Radix prefixes.
    &[
        "0x10",
        "0X1f",
        "010",
        "08",
        "0x",
        "0xg",
        "-0x5",
        "-010",
        "0b1",
        "0o7",
        "00",
        "000000000005",
    ],
    // White space.
    &[
        "",
        " ",
        "\n",
        "\t",
        " 5",
        "5 ",
        "5\n",
        "\n5",
        "\r\n5\r\n",
        "\x0b5\x0c",
        " \t5 \t\n",
        "5\n\n",
    ],
    // What follows.
    &[
        "5x", "5 x", "5 6", "5\t6", "5\n6", "5,6", "5;", "5.0", "5e1", "5\0", "5\x006", "\x005",
        "x5", "x", "true", "yes", "Y", "n", "NaN", "٥",
    ],
    // Long ones.
    &[
        "00000000000000000000000000000005",
        "0000000000000000000000000000000000000000000000000000005",
        "                                                                   5",
        "0123456789abcde",
        "0123456789abcdef",
        "0123456789abcdefg",
    ],
];

struct Sides {
    ours: PathBuf,
    twin: PathBuf,
}

impl Sides {
    fn new((ours, twin): (&str, &str)) -> Self {
        Self {
            ours: format!("/proc/sys/vm_sysctl/{ours}").into(),
            twin: format!("/proc/sys/vm_sysctl_c/{twin}").into(),
        }
    }

    /// Does the same to both and compares.
    fn compare<T: PartialEq + std::fmt::Debug>(&self, what: &str, f: impl Fn(&PathBuf) -> T) {
        let (ours, twin) = (f(&self.ours), f(&self.twin));
        assert_eq!(ours, twin, "{}, {what}: ours, twin's", self.ours.display());
    }

    /// Writes at an offset and looks at the file afterwards.
    fn write(&self, data: &[u8], offset: u64) {
        let begin = String::from_utf8_lossy(&data[..data.len().min(64)]);
        let what = format!("write {} bytes {begin:?} at {offset}", data.len());
        self.compare(&what, |path| {
            let file = OpenOptions::new().write(true).open(path).unwrap();
            let written = outcome(file.write_at(data, offset));
            (written, outcome(fs::read_to_string(path)))
        });
    }

    /// Gives both the same value again, which an earlier input may have changed.
    fn reset(&self) {
        self.write(b"1", 0);
    }
}

/// The value, or the errno.
fn outcome<T>(result: io::Result<T>) -> Result<T, i32> {
    result.map_err(|error| error.raw_os_error().unwrap())
}

#[test]
fn writes() {
    let _ours = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    for pair in PAIRS {
        let sides = Sides::new(pair);
        for input in INPUTS.iter().copied().flatten() {
            sides.reset();
            sides.write(input.as_bytes(), 0);
        }
    }
}

#[test]
fn long_writes() {
    let _ours = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    for pair in PAIRS {
        let sides = Sides::new(pair);
        for length in [4094, 4095, 4096, 4097, 8192] {
            for (fill, last) in [(b' ', b'5'), (b'0', b'5'), (b'5', b' '), (b'1', b'1')] {
                let mut data = vec![fill; length];
                data[length - 1] = last;
                sides.reset();
                sides.write(&data, 0);
            }
            let mut data = vec![b' '; length];
            data[0] = b'5';
            sides.reset();
            sides.write(&data, 0);
        }
    }
}

#[test]
fn writes_at_an_offset() {
    let _ours = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    for pair in PAIRS {
        let sides = Sides::new(pair);
        for offset in [1, 2, 3, 15, 16, 4096] {
            for input in ["5", "-5", "x", "", "45\n", "101"] {
                sides.reset();
                sides.write(input.as_bytes(), offset);
            }
        }
    }
}

#[test]
fn reads_of_every_size_and_offset() {
    let _ours = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    for pair in PAIRS {
        let sides = Sides::new(pair);
        for value in ["1", "98", "-4"] {
            sides.write(value.as_bytes(), 0);
            for size in 0..6 {
                for offset in 0..6 {
                    sides.compare(&format!("read {size} at {offset}"), |path| {
                        let mut data = vec![0; size];
                        let read = File::open(path).unwrap().read_at(&mut data, offset);
                        (outcome(read), data)
                    });
                }
            }
        }
    }
}

#[test]
fn modes() {
    let _ours = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    for name in ["read_only", "write_only"] {
        let sides = Sides::new((name, name));
        sides.compare("metadata", |path| {
            use std::os::unix::fs::MetadataExt;
            let metadata = fs::metadata(path).unwrap();
            (metadata.mode(), metadata.uid(), metadata.size())
        });
        sides.compare("read", |path| outcome(fs::read(path)));
        sides.compare("write", |path| outcome(fs::write(path, "1")));
    }
}
