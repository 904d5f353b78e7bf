// SPDX-License-Identifier: GPL-2.0-only
//! The same calls to the devices and to their twins.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::time::Duration;

use kmod_test::events::{poll, select};
use kmod_test::{Mapping, Parity, errno, fault, load, load_twin};

const PAGE: usize = 4096;
const O_NONBLOCK: i32 = 0o4000;
const PREFIXES: [&str; 2] = ["/dev/vm_waits_", "/dev/vm_waits_c_"];

fn open(prefix: &str, name: &str, read: bool, write: bool) -> File {
    let mut options = OpenOptions::new();
    options.read(read).write(write).custom_flags(O_NONBLOCK);
    options.open(format!("{prefix}{name}")).unwrap()
}

/// Results of `mprotect(2)` with each protection, then of `mremap(2)` to each size, the kernel's
/// flags after `mmap(2)`, and the memory's first byte.
type Mapped = (
    Vec<Result<(), i32>>,
    Vec<Result<(), i32>>,
    String,
    Result<Vec<u8>, i32>,
);

fn map(file: &File, len: usize, prot: i32, flags: i32, offset: i64) -> Result<Mapped, i32> {
    let mut mapping = errno(Mapping::new(file, len, prot, flags, offset))?;
    let vm_flags = mapping.vm_flags().unwrap();
    let byte = errno(mapping.read(1, 1));
    let protected = (0..8).map(|prot| errno(mapping.protect(prot))).collect();
    let sizes = [8 * PAGE, 2 * PAGE, PAGE];
    let remapped = sizes.map(|len| errno(mapping.remap(len))).to_vec();
    Ok((protected, remapped, vm_flags, byte))
}

#[test]
fn mappings_are_those_of_c() {
    const LENGTHS: [usize; 8] = [
        0,
        1,
        PAGE,
        PAGE + 1,
        3 * PAGE,
        4 * PAGE,
        4 * PAGE + 1,
        1 << 40,
    ];
    const OFFSETS: [i64; 8] = [
        0,
        1,
        PAGE as i64,
        3 * PAGE as i64,
        4 * PAGE as i64,
        5 * PAGE as i64,
        i64::MAX & !0xfff,
        -(PAGE as i64),
    ];
    let _module = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    let mut parity = Parity::default();
    for name in ["mem", "ro", "deaf"] {
        for (read, write) in [(true, true), (true, false), (false, true)] {
            let both = PREFIXES.map(|prefix| open(prefix, name, read, write));
            for len in LENGTHS {
                for offset in OFFSETS {
                    for prot in 0..8 {
                        // MAP_SHARED, MAP_PRIVATE, and neither.
                        for flags in [1, 2, 0] {
                            let input = format!(
                                "{name} {read} {write}: {len} bytes at {offset}, prot {prot}, flags {flags}"
                            );
                            parity.case(
                                input,
                                both.each_ref()
                                    .map(|file| map(file, len, prot, flags, offset))
                                    // What is in the memory is each device's own.
                                    .map(|mapped| mapped.map(|m| (m.0, m.1, m.2, m.3.map(|_| ())))),
                            );
                        }
                    }
                }
            }
        }
    }
    parity.end();
}

#[test]
fn polls_reads_and_writes_are_those_of_c() {
    let _module = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    let mut parity = Parity::default();
    let mut both = PREFIXES.map(|prefix| open(prefix, "ring", true, true));
    let deaf = PREFIXES.map(|prefix| open(prefix, "deaf", true, false));
    let mut polls = |what: &str, files: &[File; 2]| {
        for bit in 0..16 {
            let events = (1_u16 << bit).cast_signed();
            parity.case(
                format!("poll {events:#x} {what}"),
                files
                    .each_ref()
                    .map(|f| errno(poll(f, events, Duration::ZERO))),
            );
        }
        parity.case(
            format!("poll all {what}"),
            files.each_ref().map(|f| errno(poll(f, -1, Duration::ZERO))),
        );
        parity.case(
            format!("select {what}"),
            files.each_ref().map(|f| errno(select(f, Duration::ZERO))),
        );
    };
    polls("without poll", &deaf);
    // Lengths that wrap around the ring's end, fill it, empty it, and find it full or empty.
    let lengths = [0, 1, 63, 2, 64, 65, 30, 40, 7, 128, 5];
    for (step, write) in lengths.into_iter().enumerate() {
        let read = lengths[lengths.len() - 1 - step];
        polls(&format!("before step {step}"), &both);
        let data: Vec<u8> = (0..write).map(|i| (i * 7 + step) as u8).collect();
        let wrote = both.each_mut().map(|f| errno(f.write(&data)));
        assert_eq!(wrote[0], wrote[1], "write of {write}");
        polls(&format!("after a write of {write}"), &both);
        let faults = both
            .each_ref()
            .map(|f| errno(fault::read_into_unmapped(f, 8)));
        assert_eq!(faults[0], faults[1], "a read into nowhere");
        let got = both.each_mut().map(|f| {
            let mut data = vec![0; read];
            errno(f.read(&mut data)).map(|n| data[..n].to_vec())
        });
        assert_eq!(got[0], got[1], "read of {read}");
        let faults = both
            .each_ref()
            .map(|f| errno(fault::write_from_unmapped(f, 8)));
        assert_eq!(faults[0], faults[1], "a write from nowhere");
    }
    parity.end();
}
