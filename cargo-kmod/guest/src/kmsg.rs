// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's log, read from `/dev/kmsg`.

use std::env;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::thread;
use std::time::Instant;

use crate::{LATE, guest};

/// What the kernel logs from now on.
#[derive(Debug)]
pub struct Kmsg {
    file: File,
}

/// One record of the kernel's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The level: 0 (`KERN_EMERG`) to 7 (`KERN_DEBUG`).
    pub level: u8,
    /// Who logged: 0 is the kernel, 1 a program that wrote to `/dev/kmsg`.
    pub facility: u16,
    /// The record's number since boot.
    pub seq: u64,
    /// The text, unescaped, without the last newline.
    pub text: String,
}

impl Kmsg {
    /// A mark at the log's end: only later records are read.
    ///
    /// # Errors
    /// When `/dev/kmsg` cannot be opened.
    pub fn mark() -> io::Result<Self> {
        guest::require();
        Self::open(SeekFrom::End(0))
    }

    #[doc(hidden)]
    pub fn open(from: SeekFrom) -> io::Result<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_NONBLOCK)
            .open("/dev/kmsg")?;
        file.seek(from)?;
        Ok(Self { file })
    }

    /// The records that came since the mark or the last call.
    ///
    /// # Errors
    /// When `/dev/kmsg` cannot be read.
    pub fn records(&mut self) -> io::Result<Vec<Record>> {
        let mut records = Vec::new();
        let mut buffer = [0; 8192];
        loop {
            match self.file.read(&mut buffer) {
                Ok(n) => records.extend(Record::parse(&String::from_utf8_lossy(&buffer[..n]))),
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(records),
                // Records were overwritten before we read them: go on with the oldest there is.
                Err(e) if e.raw_os_error() == Some(libc::EPIPE) => {}
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }

    /// The texts of [`Kmsg::records`].
    ///
    /// # Errors
    /// As [`Kmsg::records`].
    pub fn lines(&mut self) -> io::Result<Vec<String>> {
        Ok(self.records()?.into_iter().map(|r| r.text).collect())
    }

    /// Waits for a line that is so, since the mark or the last call. Those that come with it are read, too.
    ///
    /// # Panics
    /// When none has come for [`LATE`], or `/dev/kmsg` cannot be read.
    pub fn until(&mut self, is_it: impl Fn(&str) -> bool) {
        let start = Instant::now();
        while !self.lines().unwrap().iter().any(|line| is_it(line)) {
            assert!(start.elapsed() < LATE, "the kernel does not log it");
            thread::yield_now();
        }
    }
}

impl Record {
    /// Parses what one `read(2)` of `/dev/kmsg` gives: `prio,seq,usec,flags[,...];text\n KEY=v...`.
    #[doc(hidden)]
    pub fn parse(raw: &str) -> Option<Self> {
        let (head, rest) = raw.split_once(';')?;
        let mut fields = head.split(',');
        let prio: u16 = fields.next()?.parse().ok()?;
        let seq = fields.next()?.parse().ok()?;
        let text = rest.split('\n').next().unwrap_or_default();
        Some(Self {
            level: (prio & 7) as u8,
            facility: prio >> 3,
            seq,
            text: unescape(text),
        })
    }
}

/// The kernel writes unprintable bytes and `\` as `\xHH`.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code = rest
            .strip_prefix(b"\\x")
            .and_then(|hex| hex.get(..2))
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &rest[4..];
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What [`expect_report`] writes before its text.
#[doc(hidden)]
pub const EXPECT: &str = "kmod_test: expects ";

/// Says that the kernel will report `text` (a part of a WARN's or BUG's first line) and that the
/// running test wants it so; else such a line in the kernel's log fails the test. A module that has to
/// stay loaded is a report, too: `the test left the module NAME`.
///
/// # Errors
/// When `/dev/kmsg` cannot be written.
pub fn expect_report(text: &str) -> io::Result<()> {
    guest::require();
    OpenOptions::new()
        .write(true)
        .open("/dev/kmsg")?
        .write_all(format!("{EXPECT}{text}").as_bytes())
}

/// The variable that says how the log of the VM's architecture tells of the exception that a `BUG()`
/// is.
#[doc(hidden)]
pub const BUG: &str = "KMOD_BUG";

/// [`expect_report`] of a `BUG()`: of the line with its place, and of the exception that it is on
/// the VM's architecture, with what comes of it.
///
/// # Errors
/// As [`expect_report`].
pub fn expect_bug() -> io::Result<()> {
    expect_report("kernel BUG at ")?;
    let exception = env::var(BUG).unwrap_or_default();
    exception.lines().try_for_each(expect_report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernel_record() {
        let record = Record::parse("6,339,5140900,-;NET: Registered\n SUBSYSTEM=net\n").unwrap();
        assert_eq!(record.level, 6);
        assert_eq!(record.facility, 0);
        assert_eq!(record.seq, 339);
        assert_eq!(record.text, "NET: Registered");
    }

    #[test]
    fn record_of_a_program() {
        assert_eq!(Record::parse("12,1,1,-;x").unwrap().facility, 1);
    }

    #[test]
    fn escapes_and_later_semicolons() {
        let record = Record::parse("4,1,1,-,caller=T1;a\\x5cb;\\xc3\\xa9\\x").unwrap();
        assert_eq!(record.text, "a\\b;é\\x");
    }

    #[test]
    fn garbage_is_no_record() {
        assert_eq!(Record::parse("x,1;t"), None);
        assert_eq!(Record::parse(""), None);
    }
}
