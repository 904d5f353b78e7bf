// SPDX-License-Identifier: GPL-2.0-only
//! The same inputs to the module and to its C twin, by `insmod` and by sysfs: the same errno, the
//! same values, the same lines in the log.

mod inputs;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;

use inputs::{ARRAYS, FIXED, INPUTS, LISTS, SCALARS, TEXTS};
use kmod_test::{Kmsg, Parity, errno, load_named, module_path};
use object::read::elf::{FileHeader, SectionHeader};
use object::{Endianness, elf};

const BOTH: [&str; 2] = ["vm_params", "vm_params_c"];

/// Numbers that nobody chose: xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Text of what parameters are made of.
    fn text(&mut self) -> String {
        const ALPHABET: &[u8] = b"0123456789abcdefxXyYnNoO+--,,  \n\t_.\"'\0";
        let length = self.next() % 12;
        let byte = |_| ALPHABET[self.next() as usize % ALPHABET.len()];
        (0..length).map(byte).map(char::from).collect()
    }

    /// A number near the end of some type, somehow written.
    fn number(&mut self) -> String {
        let width = [7, 8, 15, 16, 31, 32, 63, 64][self.next() as usize % 8];
        let value = (1i128 << width) + i128::from(self.next() % 5) - 2;
        match self.next() % 5 {
            0 => format!("{value}"),
            1 => format!("-{value}"),
            2 => format!("{value:#x}"),
            3 => format!("0{value:o}"),
            _ => format!("+{value}\n"),
        }
    }
}

fn path(module: &str, name: &str) -> String {
    format!("/sys/module/{module}/parameters/{name}")
}

fn read(module: &str, name: &str) -> Result<String, i32> {
    errno(fs::read(path(module, name))).map(|bytes| bytes.escape_ascii().to_string())
}

/// One `write(2)`.
fn write(module: &str, name: &str, value: &[u8]) -> Result<usize, i32> {
    let open = OpenOptions::new().write(true).open(path(module, name));
    errno(open.and_then(|mut file| file.write(value)))
}

/// Whether a line is of the module, of one of its parameters, or of the kernel about one. Between
/// them stands what the kernel says of itself: that a timer was late, on a busy host.
fn is_ours(line: &str) -> bool {
    let who = line.split_once(": ").map_or("", |(who, _)| who);
    let names = [
        &["vm_params", "speed", "hidden"][..],
        &SCALARS,
        &TEXTS,
        &FIXED,
        &ARRAYS,
    ];
    names.iter().any(|names| names.contains(&who)) || line.starts_with("Setting dangerous option ")
}

/// What was logged of the modules, without the lines that C does not have: what we say of a
/// refused value.
fn logged(kmsg: &mut Kmsg) -> Vec<String> {
    let lines = kmsg.lines().unwrap().into_iter();
    lines
        .map(|line| line.replace("vm_params_c", "vm_params"))
        .filter(|line| is_ours(line))
        .filter(|line| !line.starts_with("vm_params: parameter `"))
        // A long line is cut by printk, after a name that is longer or shorter.
        .map(|line| line.chars().take(200).collect())
        .collect()
}

/// All parameters' files.
fn values(module: &str) -> Vec<(String, u32, Result<String, i32>)> {
    let mut files: Vec<_> = fs::read_dir(format!("/sys/module/{module}/parameters"))
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode();
            let name = file.file_name().into_string().unwrap();
            let value = read(module, &name);
            (name, mode, value)
        })
        .collect();
    files.sort();
    files
}

type Loaded = (
    Result<(), i32>,
    Vec<(String, u32, Result<String, i32>)>,
    Vec<String>,
);

/// Loads with `params`: errno, all files, and the log.
fn loaded(module: &str, params: &str) -> Loaded {
    let mut kmsg = Kmsg::mark().unwrap();
    match errno(load_named(module, &[params])) {
        Ok(loaded) => {
            let values = values(module);
            loaded.unload().unwrap();
            (Ok(()), values, logged(&mut kmsg))
        }
        Err(errno) => (Err(errno), Vec::new(), logged(&mut kmsg)),
    }
}

/// The first module since boot is told, in its name, that it taints the kernel.
fn warm_up() {
    for module in BOTH {
        load_named(module, &[]).unwrap().unload().unwrap();
    }
}

#[test]
fn modinfo() {
    let [ours, twin] = BOTH.map(|name| {
        let data = fs::read(module_path(name)).unwrap();
        let header = elf::FileHeader64::<Endianness>::parse(&*data).unwrap();
        let endian = header.endian().unwrap();
        let sections = header.sections(endian, &*data).unwrap();
        let (_, section) = sections.section_by_name(endian, b".modinfo").unwrap();
        let mut fields: Vec<_> = section
            .data(endian, &*data)
            .unwrap()
            .split(|byte| *byte == 0)
            .map(|field| String::from_utf8(field.to_vec()).unwrap())
            .filter(|field| field.starts_with("parm"))
            .collect();
        fields.sort();
        fields
    });
    assert_eq!(ours, twin);
    assert!(ours.contains(&"parmtype=words:array of charp".to_owned()));
    assert!(ours.contains(&"parmtype=string:string".to_owned()));
    assert!(ours.contains(&"parm=other:Its name differs".to_owned()));
}

#[test]
fn insmod() {
    warm_up();
    let mut parity = Parity::default();
    let mut case = |params: &str| parity.case(params, BOTH.map(|module| loaded(module, params)));
    for params in [
        "",
        "flag",
        "inverse",
        "bint",
        "byte",
        "charp",
        "string",
        "ints",
        "words",
        "speed",
        "other",
        "flag bint",
        "flag=",
        "string=",
        "charp=",
        "words=",
        "ints=",
        "speed=",
        // Unknown, by another name, twice, after a mistake.
        "unknown",
        "unknown=1",
        "renamed=1",
        "other=9",
        "unknown=1 byte=2",
        "byte=2 unknown=1",
        "byte=1 byte=2",
        "byte=1 byte=x",
        "byte=x byte=1",
        "ints=1 ints=2,3",
        "words=a words=b,c",
        "fixed_charp=a fixed_charp=b",
        "string=a string=b",
        "fixed_string=a fixed_string=b",
        // `-` for `_`, and what is not quite a name.
        "fixed-charp=x",
        "fixed-longs=5,6",
        "very-unknown=1",
        "=1",
        "=",
        "byte =1",
        "byte= 1",
        "BYTE=1",
        // Quotes and white space.
        "charp=\"a b\"",
        "charp=\"\"",
        "\"charp=a b\"",
        "charp=a\"b",
        "charp=\"a",
        "charp='a b'",
        "words=\"a b,c\"",
        "words=\"a,b\",c",
        "byte=\"1\"",
        "  byte=1  ",
        "byte=1\nshort=2",
        "byte=1\tshort=2",
        "ints=\"1,2\"",
        "-- byte=1",
        "byte=1 -- byte=x",
        "hidden=3",
        "owners=4 write_only=5 group_reads=6 group_writes=7",
        "charp=é",
        "charp=\u{7f}",
    ] {
        case(params);
    }
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for name in ["flag", "inverse", "bint", "byte", "long", "ranged"] {
        for value in ["0", "-1", "y", "0x10", "1x"] {
            case(&format!("{name}={value}"));
        }
        case(&format!("{name}={}", random.number().trim_end()));
    }
    for name in ARRAYS.iter().chain(&["fixed_longs"]) {
        for value in ["1,2,3", "1,2,3,4,5", "1,,2", "1,x"] {
            case(&format!("{name}={value}"));
        }
    }
    for name in ["charp", "fixed_charp", "string", "fixed_string", "words"] {
        for length in [15, 16, 500] {
            case(&format!("{name}={}", "x".repeat(length)));
        }
    }
    for value in [
        "slow",
        "fast",
        "very_fast",
        "off",
        "Off",
        "stopped",
        "fas",
        "fast,slow",
        "\" fast\"",
    ] {
        case(&format!("speed={value}"));
    }
    parity.end();
}

#[test]
fn long_text_by_insmod() {
    let mut parity = Parity::default();
    for name in ["charp", "string", "fixed_string", "words", "ints"] {
        for length in [1024, 1025, 70_000] {
            let params = format!("{name}={}", "1".repeat(length));
            let [ours, twin] = BOTH.map(|module| {
                // The log of such a line is cut before its end, and shows up with the next one.
                let (result, values, _) = loaded(module, &params);
                (result, values)
            });
            parity.case(format!("{name}: {length} bytes"), [ours, twin]);
        }
    }
    parity.end();
}

#[test]
fn files() {
    let _modules = BOTH.map(|module| load_named(module, &[]).unwrap());
    let [ours, twin] = BOTH.map(values);
    assert_eq!(ours, twin);
    assert!(ours.iter().all(|(name, ..)| name != "hidden"));
    assert_eq!(ours.len(), 31);
}

/// Writes the same to both and compares what came of it.
fn written(parity: &mut Parity, kmsg: &mut Kmsg, name: &str, value: &[u8], undone: bool) {
    let begin = value[..value.len().min(40)].escape_ascii();
    let input = format!("{name} {} bytes \"{begin}\"", value.len());
    parity.case(
        input,
        BOTH.map(|module| {
            let before = read(module, name);
            let result = write(module, name, value);
            let mut after = read(module, name);
            if undone && result.is_err() {
                // Ours is as it was; in C the elements before the mistake are changed.
                if module == BOTH[0] {
                    assert_eq!(before, after, "{name}");
                }
                after = Ok(String::new());
            }
            (result, after, logged(kmsg))
        }),
    );
}

#[test]
fn sysfs() {
    let _modules = BOTH.map(|module| load_named(module, &[]).unwrap());
    let mut kmsg = Kmsg::mark().unwrap();
    let mut parity = Parity::default();
    for name in SCALARS
        .iter()
        .chain(&TEXTS)
        .chain(&["speed", "fixed_charp"])
    {
        for input in INPUTS {
            written(&mut parity, &mut kmsg, name, input.as_bytes(), false);
        }
    }
    for name in ARRAYS {
        for input in LISTS {
            written(&mut parity, &mut kmsg, name, b"1", true);
            written(&mut parity, &mut kmsg, name, input.as_bytes(), true);
        }
    }
    parity.end();
}

#[test]
fn sysfs_by_chance() {
    let _modules = BOTH.map(|module| load_named(module, &[]).unwrap());
    let mut kmsg = Kmsg::mark().unwrap();
    let mut parity = Parity::default();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for name in SCALARS.iter().chain(&TEXTS) {
        for _ in 0..20 {
            let (text, number) = (random.text(), random.number());
            written(&mut parity, &mut kmsg, name, text.as_bytes(), false);
            written(&mut parity, &mut kmsg, name, number.as_bytes(), false);
        }
    }
    for name in ARRAYS {
        for _ in 0..20 {
            let list = [random.number(), random.text(), random.number()].join(",");
            written(&mut parity, &mut kmsg, name, b"1", true);
            written(&mut parity, &mut kmsg, name, list.as_bytes(), true);
        }
    }
    parity.end();
}

#[test]
fn long_and_strange_writes() {
    let _modules = BOTH.map(|module| load_named(module, &[]).unwrap());
    let mut kmsg = Kmsg::mark().unwrap();
    let mut parity = Parity::default();
    for name in ["uint", "flag", "charp", "string", "ints", "bytes", "speed"] {
        for length in [15, 16, 1024, 1025, 4094, 4095, 4096, 4097, 8192] {
            for fill in [b"x", b"0", b"1", b" ", b",", b"\n", b"\0", b"\xff"] {
                let value = fill.repeat(length);
                written(&mut parity, &mut kmsg, name, &value, true);
            }
        }
        for bytes in [&b"\xff\xfe"[..], b"\xc3", b"a\xffb", b"\x80\n"] {
            written(&mut parity, &mut kmsg, name, bytes, true);
        }
    }
    parity.end();
}

#[test]
fn what_the_kernel_says_of_itself_is_no_difference() -> io::Result<()> {
    let mut kmsg = Kmsg::mark()?;
    for line in [
        "hrtimer: interrupt took 8149730 ns\n",
        "vm_params_c: word=\n",
        "ints: can only take 4 arguments\n",
    ] {
        fs::write("/dev/kmsg", line)?;
    }
    let ours = ["vm_params: word=", "ints: can only take 4 arguments"];
    assert_eq!(logged(&mut kmsg), ours);
    Ok(())
}

/// What `/proc/sys/kernel/tainted` says of a user's request: `TAINT_USER`.
fn tainted() -> bool {
    let text = fs::read_to_string("/proc/sys/kernel/tainted").unwrap();
    text.trim().parse::<u64>().unwrap() & 1 << 6 != 0
}

#[test]
fn a_dangerous_parameter_taints() -> io::Result<()> {
    warm_up();
    assert!(!tainted(), "before");
    let by_insmod = BOTH.map(|module| (loaded(module, "risky=1"), tainted()));
    assert!(by_insmod[0].1, "ours has tainted");
    assert_eq!(by_insmod[0], by_insmod[1]);
    let _modules = BOTH.map(|module| load_named(module, &[]).unwrap());
    let mut kmsg = Kmsg::mark()?;
    let by_sysfs = BOTH.map(|module| (write(module, "risky", b"2"), logged(&mut kmsg)));
    assert_eq!(by_sysfs[0], by_sysfs[1]);
    assert_eq!(
        by_sysfs[0].1,
        ["Setting dangerous option risky - tainting kernel"]
    );
    Ok(())
}
