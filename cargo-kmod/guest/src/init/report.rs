// SPDX-License-Identifier: GPL-2.0-only
//! The line to the host: a serial port that nobody else writes to.

use std::fs::{File, OpenOptions};
use std::io::{self, SeekFrom, Write};
use std::path::PathBuf;

use kmod_test::Kmsg;
use kmod_test::wire::Event;
use rustix::termios::{OptionalActions, tcdrain, tcgetattr, tcsetattr};

use crate::{checkers, system};

pub struct Report {
    port: File,
    kmsg: Kmsg,
    taint: u64,
    lockdep_off: bool,
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
            taint: system::tainted(),
            lockdep_off: false,
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
            self.send(&Event::Log {
                facility: record.facility,
                level: record.level,
                text: record.text,
            })?;
        }
        let taint = system::tainted();
        if taint != self.taint {
            self.taint = taint;
            self.send(&Event::Taint(taint))?;
        }
        Ok(())
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
