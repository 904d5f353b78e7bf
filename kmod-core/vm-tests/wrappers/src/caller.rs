// SPDX-License-Identifier: GPL-2.0-only
//! Says who calls, and how the file was opened.

use kmod_core::file::{O_APPEND, O_DSYNC, O_NOATIME, O_NONBLOCK, O_SYNC};
use kmod_core::prelude::*;
use kmod_core::task::capability::{CAP_CHOWN, CAP_SYS_ADMIN};

/// What is kept of each opening.
pub struct Opened {
    uid: u32,
    admin: bool,
    read: bool,
    write: bool,
}

#[derive(Default)]
pub struct Who;

#[file_operations]
impl FileOperations for Who {
    type PerOpen = Opened;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<Opened> {
        Ok(Opened {
            uid: file.caller().uid(),
            admin: file.caller().capable(CAP_SYS_ADMIN),
            read: file.mode().can_read(),
            write: file.mode().can_write(),
        })
    }

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let caller = file.caller();
        writeln!(to, "opener {} {}", file.state().uid, file.state().admin)?;
        writeln!(to, "uid {} {}", caller.uid(), caller.euid())?;
        writeln!(to, "gid {} {}", caller.gid(), caller.egid())?;
        writeln!(to, "fs {} {}", caller.fsuid(), caller.fsgid())?;
        writeln!(to, "pid {} {}", caller.tgid(), caller.pid())?;
        writeln!(to, "vnr {} {}", caller.tgid_vnr(), caller.pid_vnr())?;
        writeln!(to, "comm {}", caller.comm())?;
        for (name, capability) in [("chown", CAP_CHOWN), ("admin", CAP_SYS_ADMIN)] {
            let (init, own) = (caller.capable(capability), caller.ns_capable(capability));
            writeln!(to, "{name} {init} {own}")?;
        }
        write_flags(file, to)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        // As a read-only file has no write, this says so where it can be seen.
        if file.mode().can_write() && !file.mode().can_read() && file.state().write {
            return from.skip(from.len());
        }
        Err(EBADF)
    }
}

fn write_flags(file: &File<'_, Who>, to: &mut UserWriter<'_>) -> Result {
    write!(to, "flags")?;
    for (name, flag) in [
        ("append", O_APPEND),
        ("nonblock", O_NONBLOCK),
        ("dsync", O_DSYNC),
        ("sync", O_SYNC),
        ("noatime", O_NOATIME),
    ] {
        if file.flags().contains(flag) {
            write!(to, " {name}")?;
        }
    }
    let opened = file.state();
    let mode = file.mode();
    let now = (mode.can_read(), mode.can_write());
    writeln!(to, "\nmode {:?} {:?}", (opened.read, opened.write), now)
}

#[derive(Default)]
pub struct Reader;

impl Sysctl for Reader {
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        let uid = to.caller().euid();
        writeln!(to, "{uid}")
    }

    /// Is for administrators.
    fn write(&self, _module: &(), data: &SysctlReader<'_>) -> Result {
        if data.caller().capable(CAP_SYS_ADMIN) {
            Ok(())
        } else {
            Err(EPERM)
        }
    }
}
