// SPDX-License-Identifier: GPL-2.0-only
//! The line to the host: a serial port that nobody else writes to.

use std::fs::{File, OpenOptions};
use std::io::{self, SeekFrom, Write};
use std::path::PathBuf;

use kmod_test::wire::Event;
use kmod_test::{Kmsg, Record};
use rustix::termios::{OptionalActions, tcdrain, tcgetattr, tcsetattr};

use crate::checkers;
use crate::faults::Dumps;

/// `KERN_WARNING`; more serious levels are lower.
const WARNING: u8 = 4;

pub struct Report {
    port: File,
    kmsg: Kmsg,
    taint: u64,
    lockdep_off: bool,
    dumps: Dumps,
    /// The last stack at which something failed on order: nobody wants it unless something comes of it.
    fault: Vec<Record>,
}

impl Report {
    /// Opens the port that `KMOD_REPORT` names; the kernel's log counts from here.
    pub fn open() -> io::Result<Self> {
        let path = tty("KMOD_REPORT")?;
        let port = OpenOptions::new().write(true).open(&path)?;
        let mut mode = tcgetattr(&port)?;
        mode.make_raw();
        tcsetattr(&port, OptionalActions::Now, &mode)?;
        Ok(Self {
            port,
            kmsg: Kmsg::open(SeekFrom::End(0))?,
            taint: kmod_test::tainted(),
            lockdep_off: false,
            dumps: Dumps::default(),
            fault: Vec::new(),
        })
    }

    pub fn send(&mut self, event: &Event) -> io::Result<()> {
        self.port.write_all(event.encode().as_bytes())
    }

    pub fn out(&mut self, text: &str) -> io::Result<()> {
        text.lines()
            .try_for_each(|line| self.send(&Event::Out(line.to_owned())))
    }

    /// Tells what the kernel logged since the last call, and changed taint flags.
    pub fn kernel(&mut self) -> io::Result<()> {
        for record in self.kmsg.records()? {
            match self.dumps.see(&record.text) {
                Some(is_first) => {
                    if is_first {
                        self.fault.clear();
                    }
                    self.fault.push(record);
                }
                None => {
                    if record.level <= WARNING {
                        for before in std::mem::take(&mut self.fault) {
                            self.log(before)?;
                        }
                    }
                    self.log(record)?;
                }
            }
        }
        let taint = kmod_test::tainted();
        if taint != self.taint {
            self.taint = taint;
            self.send(&Event::Taint(taint))?;
        }
        Ok(())
    }

    fn log(&mut self, record: Record) -> io::Result<()> {
        self.send(&Event::Log {
            facility: record.facility,
            level: record.level,
            text: record.text,
        })
    }

    /// Tells, once, that lockdep does not watch any more.
    pub fn lockdep(&mut self) -> io::Result<()> {
        if self.lockdep_off || !checkers::lockdep_is_off() {
            return Ok(());
        }
        self.lockdep_off = true;
        self.send(&Event::Complaint(
            "lockdep is off: it watches nothing after a report of its own or of KASAN, or an Oops"
                .to_owned(),
        ))
    }

    /// Waits until all has left the port.
    pub fn drain(&mut self) -> io::Result<()> {
        Ok(tcdrain(&self.port)?)
    }
}

/// The terminal that the environment variable names.
pub fn tty(variable: &str) -> io::Result<PathBuf> {
    let name = std::env::var_os(variable)
        .ok_or_else(|| io::Error::other(format!("the plan sets no {variable}")))?;
    Ok(PathBuf::from("/dev").join(name))
}
