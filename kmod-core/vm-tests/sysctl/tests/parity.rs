// SPDX-License-Identifier: GPL-2.0-only
//! The same inputs to the module and to its C twin: what `write(2)` and `read(2)` return, and what
//! the file shows afterwards, are the same.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use kmod_test::{Loaded, Parity, errno, fault, load, load_twin};

/// What both have. Where the kernel has no handler, another of C's files answers as far as values
/// fit: for signed 64-bit numbers that of `int`s, for rows of small numbers one of a range.
const PAIRS: [(&str, &str); 30] = [
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
    ("i64_range", "i32_range"),
    ("i32_row", "i32_row"),
    ("i32_range_row", "i32_range_row"),
    ("i16_row", "i16_row"),
    ("i64_row", "i64_row"),
    ("u64_row", "u64_row"),
    ("u8_row", "u8_row"),
    ("u32_row", "u32_row"),
    ("hex", "hex"),
    ("octal", "octal"),
    ("hex_u64", "hex_u64"),
    ("seconds", "seconds"),
    ("user_hz", "user_hz"),
    ("ms", "ms"),
    ("ms_row", "ms_row"),
    ("ms_u64", "ms_u64"),
    ("watched", "watched"),
    ("text", "text"),
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
    // Rows.
    &[
        "1 2 3",
        "1 2 3 4",
        "1\t2\t3\n",
        "7 8",
        " 7  8 ",
        "1 2 x",
        "1 x 3",
        "x 2 3",
        "1 -2 3",
        "-1 -2 -3",
        "1 -",
        "1 - 2",
        "1 2 101",
        "1 256 3",
        "1 2 3x",
        "1 2\0 3",
        "1,2,3",
        "1\r2 3",
        "1 2 32768",
        "1 4294967295 4294967296",
        "5\n6\n7\n",
        "1 00000000000000000000000002 3",
    ],
    // Of 20, 21 and 22 characters, with and without a sign.
    &[
        "00000000000000000005",
        "000000000000000000005",
        "0000000000000000000005",
        "-0000000000000000005",
        "-00000000000000000005",
        "-000000000000000000005",
        "-00000000000000000005 1",
        "0x00000000000000000005",
        "01777777777777777777777",
        "0xffffffffffffffff",
        "0x10000000000000000",
    ],
    // Times: a tick, the greatest number of seconds, ticks and milliseconds that an `int` holds.
    &[
        "3",
        "4",
        "9",
        "10",
        "99",
        "99.5",
        "250",
        "1000",
        "10000",
        "10001",
        "8589934",
        "8589935",
        "-8589934",
        "-8589935",
        "858993459",
        "858993460",
        "-10",
        "-1000",
        "9007199254740993",
        "92233720368547758",
        "92233720368547759",
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

/// How many inputs are generated for each pair.
const GENERATED: usize = 200;

/// A module and its twin, and one file of each.
struct Sides {
    name: String,
    ours: PathBuf,
    twin: PathBuf,
}

impl Sides {
    fn new((ours, twin): (&str, &str)) -> Self {
        Self {
            name: ours.to_owned(),
            ours: format!("/proc/sys/vm_sysctl/{ours}").into(),
            twin: format!("/proc/sys/vm_sysctl_c/{twin}").into(),
        }
    }

    /// Does the same to both.
    fn both<T>(&self, f: impl Fn(&Path) -> T) -> [T; 2] {
        [f(&self.ours), f(&self.twin)]
    }

    /// Writes at an offset and looks at the file afterwards.
    fn write(&self, data: &[u8], offset: u64, parity: &mut Parity) {
        let begin = String::from_utf8_lossy(&data[..data.len().min(64)]);
        let input = format!(
            "{}: write {} bytes {begin:?} at {offset}",
            self.name,
            data.len()
        );
        let outcomes = self.both(|path| {
            let file = OpenOptions::new().write(true).open(path).unwrap();
            (errno(file.write_at(data, offset)), errno(fs::read(path)))
        });
        parity.case(input, outcomes);
    }

    /// Gives both the same value again, which an earlier input may have changed.
    fn reset(&self, parity: &mut Parity) {
        self.write(b"1", 0, parity);
    }
}

/// Loads both modules and compares every pair.
fn every_pair(compare: impl Fn(&Sides, &mut Parity)) {
    let (_ours, _twin) = modules();
    let mut parity = Parity::default();
    for pair in PAIRS {
        compare(&Sides::new(pair), &mut parity);
    }
    parity.end();
}

fn modules() -> (Loaded, Loaded) {
    (load(&[]).unwrap(), load_twin(&[]).unwrap())
}

#[test]
fn writes() {
    every_pair(|sides, parity| {
        for input in INPUTS.iter().copied().flatten() {
            sides.reset(parity);
            sides.write(input.as_bytes(), 0, parity);
        }
    });
}

/// Bytes that depend on nothing but the seed (xorshift64).
struct Generator(u64);

impl Generator {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.next(of.len())]
    }

    /// A number, as people and fuzzers write it.
    fn number(&mut self) -> String {
        let sign = self.one_of(&["", "", "", "-", "+", "--"]);
        let prefix = self.one_of(&["", "", "", "0", "0x", "0X", "00"]);
        let near = [
            0,
            1,
            5,
            100,
            1 << 7,
            1 << 8,
            1 << 15,
            1 << 16,
            1 << 31,
            1 << 32,
            1 << 63,
            1 << 64,
        ];
        let value: u128 = match self.next(3) {
            0 => self.next(300) as u128,
            1 => self.next(usize::MAX) as u128,
            _ => (near[self.next(near.len())] + self.next(3) as u128).saturating_sub(1),
        };
        match prefix {
            "0x" | "0X" => format!("{sign}{prefix}{value:x}"),
            "0" => format!("{sign}{prefix}{value:o}"),
            _ => format!("{sign}{prefix}{value}"),
        }
    }

    /// What is written: mostly some numbers with something between them.
    fn input(&mut self) -> Vec<u8> {
        let mut input = String::new();
        for _ in 0..self.next(5) {
            input += self.one_of(&["", "", " ", "\t", "\n", "  ", "\x0b", "\r"]);
            input += &match self.next(12) {
                0 => self
                    .one_of(&["x", "-", ",", "\0", "é", ".", "1x", "0xg"])
                    .to_owned(),
                _ => self.number(),
            };
            input += self.one_of(&[" ", " ", "\t", "\n", "", "\r\n", ";"]);
        }
        input.into_bytes()
    }
}

#[test]
fn generated_writes() {
    every_pair(|sides, parity| {
        let mut generator = Generator(0x6b6d_6f64);
        for _ in 0..GENERATED {
            let input = generator.input();
            // Text that is no UTF-8 once it is cut is a difference that the documentation lists.
            let cut = &input[..input.len().min(15)];
            if sides.name != "text" || std::str::from_utf8(cut).is_ok() {
                sides.write(&input, 0, parity);
            }
        }
    });
}

#[test]
fn long_writes() {
    every_pair(|sides, parity| {
        for length in [4094, 4095, 4096, 4097, 8192] {
            for (fill, last) in [(b' ', b'5'), (b'0', b'5'), (b'5', b' '), (b'1', b'1')] {
                let mut data = vec![fill; length];
                data[length - 1] = last;
                sides.reset(parity);
                sides.write(&data, 0, parity);
            }
            let mut data = vec![b' '; length];
            data[0] = b'5';
            sides.reset(parity);
            sides.write(&data, 0, parity);
            // A second number behind what the kernel looks at, or on its border.
            for at in [length - 1, length - 2, 4093, 4090] {
                let mut data = data.clone();
                data[at] = b'7';
                sides.write(&data, 0, parity);
            }
        }
    });
}

#[test]
fn writes_at_an_offset() {
    every_pair(|sides, parity| {
        for offset in [1, 2, 3, 15, 16, 4096] {
            for input in ["5", "-5", "x", "-x", "", "45\n", "101", "1 2 3"] {
                sides.reset(parity);
                sides.write(input.as_bytes(), offset, parity);
            }
        }
    });
}

/// What one open file answers to a series of writes: a write that fails does not move its position.
#[test]
fn writes_one_after_the_other() {
    let series: [&[&str]; 5] = [
        &["5", "6"],
        &["500000000000", "6", "7"],
        &["x", "6"],
        &["1 x", "6"],
        &["", " ", "101", "98"],
    ];
    every_pair(|sides, parity| {
        for series in series {
            sides.reset(parity);
            let outcomes = sides.both(|path| {
                let mut file = OpenOptions::new().write(true).open(path).unwrap();
                let written: Vec<_> = series
                    .iter()
                    .map(|input| errno(file.write(input.as_bytes())))
                    .collect();
                (written, errno(fs::read(path)))
            });
            parity.case(format!("{}: {series:?}", sides.name), outcomes);
        }
    });
}

#[test]
fn reads_of_every_size_and_offset() {
    every_pair(|sides, parity| {
        for value in ["1", "98", "-4", "1 22 3"] {
            sides.write(value.as_bytes(), 0, parity);
            for size in 0..12 {
                for offset in 0..6 {
                    let outcomes = sides.both(|path| {
                        let mut data = vec![0; size];
                        let read = File::open(path).unwrap().read_at(&mut data, offset);
                        (errno(read), data)
                    });
                    let input = format!("{} of {value}: read {size} at {offset}", sides.name);
                    parity.case(input, outcomes);
                }
                let outcomes = sides.both(|path| {
                    let mut file = File::open(path).unwrap();
                    let mut pieces = Vec::new();
                    for _ in 0..8 {
                        let mut data = vec![0; size];
                        pieces.push((errno(file.read(&mut data)), data));
                    }
                    pieces
                });
                let input = format!("{} of {value}: read by {size}", sides.name);
                parity.case(input, outcomes);
            }
        }
    });
}

#[test]
fn addresses_that_are_not_mapped() {
    every_pair(|sides, parity| {
        sides.reset(parity);
        for len in [1, 2, 100, 5000] {
            let reads =
                sides.both(|path| errno(fault::read_into_unmapped(File::open(path).unwrap(), len)));
            parity.case(format!("{}: read {len} into nowhere", sides.name), reads);
            let partly = sides
                .both(|path| errno(fault::read_partly_mapped(File::open(path).unwrap(), 1, len)));
            parity.case(
                format!("{}: read {len}, one byte of it", sides.name),
                partly,
            );
            let writes = sides.both(|path| {
                let file = OpenOptions::new().write(true).open(path).unwrap();
                let written = errno(fault::write_from_unmapped(&file, len));
                (written, errno(fs::read(path)))
            });
            parity.case(format!("{}: write {len} from nowhere", sides.name), writes);
            let partly = sides.both(|path| {
                let file = OpenOptions::new().write(true).open(path).unwrap();
                let written = errno(fault::write_partly_mapped(&file, b"7", len));
                (written, errno(fs::read(path)))
            });
            parity.case(
                format!("{}: write {len}, one byte of it", sides.name),
                partly,
            );
        }
    });
}

#[test]
fn modes() {
    let (_ours, _twin) = modules();
    let mut parity = Parity::default();
    for name in ["read_only", "write_only", "i32", "text"] {
        let sides = Sides::new((name, name));
        let metadata = sides.both(|path| {
            let metadata = fs::metadata(path).unwrap();
            (metadata.mode(), metadata.uid(), metadata.size())
        });
        parity.case(format!("{name}: metadata"), metadata);
        parity.case(
            format!("{name}: read"),
            sides.both(|path| errno(fs::read(path))),
        );
        let write = sides.both(|path| errno(fs::write(path, "1")));
        parity.case(format!("{name}: write"), write);
    }
    parity.end();
}

/// `on_change` is called when C's `if (!ret && write)` is true.
#[test]
fn changes_that_are_told() {
    let (_ours, _twin) = modules();
    let mut parity = Parity::default();
    let (watched, changes) = (
        Sides::new(("watched", "watched")),
        Sides::new(("changes", "changes")),
    );
    for input in INPUTS.iter().copied().flatten() {
        for offset in [0, 1] {
            watched.write(input.as_bytes(), offset, &mut parity);
            let told = changes.both(|path| errno(fs::read_to_string(path)));
            parity.case(format!("changes after {input:?} at {offset}"), told);
        }
    }
    parity.end();
}

/// A file that is open when its module goes.
#[test]
fn files_that_outlive_their_module() {
    let (ours, twin) = modules();
    let mut parity = Parity::default();
    let sides: Vec<Sides> = PAIRS.map(Sides::new).into();
    let files = |side: &Sides| {
        side.both(|path| {
            OpenOptions::new()
                .read(true)
                .write(true)
                .open(path)
                .unwrap()
        })
    };
    let open: Vec<[File; 2]> = sides.iter().map(files).collect();
    ours.unload().unwrap();
    twin.unload().unwrap();
    for again in [false, true] {
        // Files of the same names are other files.
        let _modules = again.then(modules);
        for (side, files) in sides.iter().zip(&open) {
            let answers = files.each_ref().map(|mut file| {
                let read = errno(file.read(&mut [0; 16]));
                (read, errno(file.write(b"1")), errno(file.write(b"")))
            });
            assert_eq!(answers[0].0, Err(2), "{}", side.name);
            parity.case(format!("{}: its module is gone", side.name), answers);
        }
    }
    parity.end();
}
