// SPDX-License-Identifier: GPL-2.0-only

use core::ffi::c_int;
use core::ptr;
use core::sync::atomic::*;
use std::string::String;
use std::vec;

use super::*;
use crate::Result;
use crate::error::code::*;

/// `write(2)` at the file's start.
fn write<T: SysctlCell<Module = ()>>(
    cell: &T,
    range: Option<(T::Value, T::Value)>,
    data: impl AsRef<[u8]>,
) -> c_int {
    write_at(cell, range, data, 0)
}

/// The same at an offset.
fn write_at<T: SysctlCell<Module = ()>>(
    cell: &T,
    range: Option<(T::Value, T::Value)>,
    data: impl AsRef<[u8]>,
    mut pos: i64,
) -> c_int {
    let mut data = data.as_ref().to_vec();
    let mut length = data.len();
    let to = data.as_mut_ptr().cast();
    // SAFETY: It is as the kernel would make it.
    let mut call = unsafe { Call::new(ptr::null(), 1, to, &mut length, &mut pos) };
    let how = How {
        range,
        ..How::PLAIN
    };
    match cell.handle(&(), &mut call, &how) {
        Ok(()) => 0,
        Err(error) => error.to_errno(),
    }
}

/// `read(2)` by `size` bytes at a time, to the end or `limit` times.
fn read<T: SysctlCell<Module = ()>>(cell: &T, size: usize, limit: usize) -> Result<String> {
    read_as(cell, &How::PLAIN, size, limit)
}

/// The same of a file that shows the field somehow else.
fn read_as<T: SysctlCell<Module = ()>>(
    cell: &T,
    how: &SysctlHow<T>,
    size: usize,
    limit: usize,
) -> Result<String> {
    let mut all = String::new();
    let mut pos = 0;
    for _ in 0..limit {
        let mut buffer = vec![0u8; size];
        let mut length = size;
        let to = buffer.as_mut_ptr().cast();
        // SAFETY: It is as the kernel would make it.
        let mut call = unsafe { Call::new(ptr::null(), 0, to, &mut length, &mut pos) };
        cell.handle(&(), &mut call, how)?;
        if length == 0 {
            break;
        }
        all.push_str(core::str::from_utf8(&buffer[..length])?);
    }
    Ok(all)
}

#[test]
fn a_number_is_read_and_written() {
    let cell = AtomicI32::new(7);
    assert_eq!(read(&cell, 100, 9).unwrap(), "7\n");
    assert_eq!(write(&cell, None, "-3\n"), 0);
    assert_eq!(cell.load(Ordering::Relaxed), -3);
    assert_eq!(write(&cell, None, "x"), EINVAL.to_errno());
    assert_eq!(cell.load(Ordering::Relaxed), -3);
}

#[test]
fn a_range_is_kept() {
    let cell = AtomicU32::new(5);
    for (text, ret) in [("1", 0), ("100", 0), ("0", -22), ("101", -22)] {
        assert_eq!(write(&cell, Some((1, 100)), text), ret, "{text}");
    }
    assert_eq!(cell.load(Ordering::Relaxed), 100);
    let cell = AtomicI64::new(0);
    assert_eq!(write(&cell, Some((-5, 5)), "-6"), EINVAL.to_errno());
    assert_eq!(write(&cell, Some((-5, 5)), "-5"), 0);
    assert_eq!(cell.load(Ordering::Relaxed), -5);
}

#[test]
fn the_range_of_a_small_type_is_its_own() {
    let (signed, unsigned) = (AtomicI8::new(0), AtomicU8::new(0));
    assert_eq!(write(&signed, None, "-128"), 0);
    assert_eq!(write(&signed, None, "-129"), EINVAL.to_errno());
    assert_eq!(write(&unsigned, None, "255"), 0);
    assert_eq!(write(&unsigned, None, "256"), EINVAL.to_errno());
    assert_eq!((signed.into_inner(), unsigned.into_inner()), (-128, 255));
}

#[test]
fn a_bool_is_any_number() {
    let cell = AtomicBool::new(false);
    assert_eq!(write(&cell, None, "2"), 0);
    assert_eq!(read(&cell, 100, 9).unwrap(), "1\n");
    assert_eq!(write(&cell, None, "0"), 0);
    assert_eq!(read(&cell, 100, 9).unwrap(), "0\n");
}

#[test]
fn an_array_is_a_row_of_numbers() {
    let (native, narrow) = (
        [const { AtomicI64::new(0) }; 3],
        [const { AtomicU8::new(0) }; 3],
    );
    assert_eq!(write(&native, None, "1 -2\t3\n"), 0);
    assert_eq!(read(&native, 100, 9).unwrap(), "1\t-2\t3\n");
    assert_eq!(write(&narrow, None, "1 2"), 0);
    assert_eq!(read(&narrow, 100, 9).unwrap(), "1\t2\t0\n");
    // What comes before the number that is refused is stored.
    assert_eq!(write(&narrow, None, "7 256 9"), EINVAL.to_errno());
    assert_eq!(read(&narrow, 100, 9).unwrap(), "7\t2\t0\n");
    assert_eq!(write(&narrow, Some((0, 5)), "6"), EINVAL.to_errno());
}

#[test]
fn an_empty_array_is_an_empty_file() {
    let none: [AtomicU16; 0] = [];
    assert_eq!(read(&none, 100, 9).unwrap(), "\n");
}

#[test]
fn a_format_is_read_in_pieces() {
    let shown = |format| How {
        format: Some(format),
        ..How::PLAIN
    };
    let cell = AtomicU32::new(0x1f);
    for size in [1, 3, 100] {
        assert_eq!(
            read_as(&cell, &shown(Format::Hex), size, 9).unwrap(),
            "0x1f\n"
        );
        assert_eq!(
            read_as(&cell, &shown(Format::Octal), size, 9).unwrap(),
            "037\n"
        );
    }
    assert_eq!(write(&cell, None, "0x20"), 0);
    assert_eq!(write(&cell, None, "010"), 0);
    assert_eq!(cell.load(Ordering::Relaxed), 8);
    let row = [AtomicU32::new(0), AtomicU32::new(9)];
    assert_eq!(
        read_as(&row, &shown(Format::Hex), 2, 99).unwrap(),
        "0x0\t0x9\n"
    );
    assert_eq!(
        read_as(&row, &shown(Format::Octal), 2, 99).unwrap(),
        "0\t011\n"
    );
}

#[test]
fn jiffies_are_shown_in_their_unit() {
    let cell = AtomicI32::new(500);
    for (unit, shown) in [
        (Jiffies::Seconds, "2\n"),
        (Jiffies::UserHz, "200\n"),
        (Jiffies::Ms, "2000\n"),
    ] {
        let how = How {
            jiffies: Some(unit),
            ..How::PLAIN
        };
        assert_eq!(read_as(&cell, &how, 100, 9).unwrap(), shown);
    }
}

#[test]
fn text() {
    let cell = SysctlString::<8>::new("abc");
    assert_eq!(read(&cell, 100, 9).unwrap(), "abc\n");
    assert_eq!(write(&cell, None, "0123456789\n"), 0);
    cell.with(|text| assert_eq!(text, "0123456"));
    assert_eq!(read(&cell, 3, 9).unwrap(), "0123456\n");
}

#[test]
fn text_stays_utf8() {
    let cell = SysctlString::<4>::new("old");
    assert_eq!(write(&cell, None, [b'a', 0xff]), EINVAL.to_errno());
    assert_eq!(write(&cell, None, "aö"), 0);
    assert_eq!(write(&cell, None, "aaö"), EINVAL.to_errno());
    cell.with(|text| assert_eq!(text, "aö"));
    assert_eq!(cell.set("four"), Err(EINVAL));
    assert_eq!(cell.set("a\0"), Err(EINVAL));
    assert_eq!(cell.set("new"), Ok(()));
    assert_eq!(read(&cell, 100, 9).unwrap(), "new\n");
}

#[test]
fn text_stays_utf8_at_an_offset() {
    let cell = SysctlString::<8>::new("aöb");
    // Behind the end nothing is written.
    assert_eq!(write_at(&cell, None, "x", 5), 0);
    cell.with(|text| assert_eq!(text, "aöb"));
    // From the middle of a character, and up to one.
    assert_eq!(write_at(&cell, None, "x", 2), EINVAL.to_errno());
    assert_eq!(write_at(&cell, None, "0123ö", 2), EINVAL.to_errno());
    assert_eq!(write_at(&cell, None, "012ö", 3), EINVAL.to_errno());
    cell.with(|text| assert_eq!(text, "aöb"));
    assert_eq!(write_at(&cell, None, "01ö", 3), 0);
    cell.with(|text| assert_eq!(text, "aö01ö"));
    assert_eq!(write_at(&cell, None, "ü\n", 1), 0);
    cell.with(|text| assert_eq!(text, "aü"));
}

struct Lines(AtomicU32);

impl Sysctl for Lines {
    type Module = ();

    fn read(&self, (): &(), to: &mut SysctlWriter<'_>) -> Result {
        for line in 0..self.0.load(Ordering::Relaxed) {
            writeln!(to, "line {line}")?;
        }
        Ok(())
    }

    fn write(&self, (): &(), data: &SysctlReader<'_>) -> Result {
        let text = core::str::from_utf8(data)?;
        self.0.store(text.trim().parse()?, Ordering::Relaxed);
        Ok(())
    }
}

#[test]
fn text_of_ones_own_has_an_end() {
    let lines = Lines(AtomicU32::new(2));
    let text = "line 0\nline 1\n";
    for size in [1, 3, 7, 14, 100] {
        let given = &text[..size.min(text.len())];
        assert_eq!(read(&lines, size, 100).unwrap(), given, "{size}");
    }
    assert_eq!(write(&lines, None, "1\n"), 0);
    assert_eq!(read(&lines, 100, 100).unwrap(), "line 0\n");
    assert_eq!(write(&lines, None, "x"), EINVAL.to_errno());
}

struct Source;

impl Sysctl for Source {
    type Module = ();

    fn read(&self, (): &(), to: &mut SysctlWriter<'_>) -> Result {
        to.fill(|room| {
            room.fill(b'x');
            Ok(())
        })
    }
}

#[test]
fn bytes_need_no_end() {
    assert_eq!(read(&Source, 16, 3).unwrap(), "x".repeat(48));
    assert_eq!(write(&Source, None, "x"), EINVAL.to_errno());
}
