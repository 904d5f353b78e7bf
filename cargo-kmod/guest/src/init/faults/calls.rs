// SPDX-License-Identifier: GPL-2.0-only
//! Which system calls of a test are made to fail: those that may come to a module.

use std::fs;

use super::ptrace;

/// Where a call comes to.
#[derive(Clone, Copy)]
enum Where {
    /// To the file of which this argument is the descriptor.
    File(usize),
    /// To what this argument names.
    Path(usize),
}

/// The calls, apart from those that load and unload.
const CALLS: &[(libc::c_long, &str, Where)] = &[
    (libc::SYS_close, "close", Where::File(0)),
    (libc::SYS_epoll_ctl, "epoll_ctl", Where::File(2)),
    (libc::SYS_fallocate, "fallocate", Where::File(0)),
    (libc::SYS_fcntl, "fcntl", Where::File(0)),
    (libc::SYS_fdatasync, "fdatasync", Where::File(0)),
    (libc::SYS_fsync, "fsync", Where::File(0)),
    (libc::SYS_ftruncate, "ftruncate", Where::File(0)),
    (libc::SYS_getdents64, "getdents", Where::File(0)),
    (libc::SYS_ioctl, "ioctl", Where::File(0)),
    (libc::SYS_lseek, "lseek", Where::File(0)),
    (libc::SYS_mkdirat, "mkdir", Where::Path(1)),
    (libc::SYS_mmap, "mmap", Where::File(4)),
    (libc::SYS_mount, "mount", Where::Path(1)),
    (libc::SYS_openat, "open", Where::Path(1)),
    (libc::SYS_pread64, "pread", Where::File(0)),
    (libc::SYS_preadv, "preadv", Where::File(0)),
    (libc::SYS_pwrite64, "pwrite", Where::File(0)),
    (libc::SYS_pwritev, "pwritev", Where::File(0)),
    (libc::SYS_read, "read", Where::File(0)),
    (libc::SYS_readv, "readv", Where::File(0)),
    (libc::SYS_sendfile, "sendfile", Where::File(1)),
    (libc::SYS_splice, "splice", Where::File(0)),
    (libc::SYS_umount2, "umount", Where::Path(0)),
    (libc::SYS_unlinkat, "unlink", Where::Path(1)),
    (libc::SYS_write, "write", Where::File(0)),
    (libc::SYS_writev, "writev", Where::File(0)),
];

/// Files that no module has anything to do with, by what their names begin with.
const OTHERS: &[&str] = &[
    "/dev/kmsg",
    "/dev/null",
    "/dev/tty",
    "/dev/urandom",
    "/modules/",
    "/proc/cpuinfo",
    "/proc/devices",
    "/proc/filesystems",
    "/proc/meminfo",
    "/proc/modules",
    "/proc/mounts",
    "/proc/self",
    "/proc/sys/kernel/",
    "/proc/uptime",
    "/programs/",
    "/sys/kernel/debug/kcov",
    "/tests/",
    "pipe:",
    "socket:",
];

/// What is known of a call before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// It loads a module: its name, and the parameters.
    Load(String, String),
    /// It unloads the module of that name.
    Unload(String),
    /// It closes a file: what is released then is released after the call.
    Close(String),
    /// Any other.
    Other(String),
}

impl Call {
    /// A call of a thread that has stopped before it, if it is one that may come to a module.
    pub fn of(id: i32, number: i64, args: &[u64; 6]) -> Option<Self> {
        if number == libc::SYS_finit_module {
            let file = file(id, args[0])?;
            let name = file.strip_prefix("/modules/")?.strip_suffix(".ko")?;
            // A twin is what the module is compared with, not what is tested.
            let params = ptrace::text(id, args[1]);
            return (!name.ends_with("_c")).then(|| Self::Load(name.to_owned(), params));
        }
        if number == libc::SYS_delete_module {
            let name = ptrace::text(id, args[0]);
            return (!name.ends_with("_c")).then_some(Self::Unload(name));
        }
        let (_, word, at) = CALLS.iter().find(|(known, ..)| *known == number)?;
        let target = match at {
            Where::File(arg) => file(id, args[*arg])?,
            Where::Path(arg) => ptrace::text(id, args[*arg]),
        };
        if !may_be_a_modules(&target) {
            return None;
        }
        Some(match *word {
            "close" => Self::Close(target),
            "ioctl" => Self::Other(format!("ioctl {:#x} {target}", args[1])),
            word => Self::Other(format!("{word} {target}")),
        })
    }

    /// What it is called where one is told from others.
    pub fn key(&self) -> String {
        match self {
            Self::Load(name, params) => format!("load {name} {params}"),
            Self::Unload(name) => format!("unload {name}"),
            Self::Close(target) => format!("close {target}"),
            Self::Other(key) => key.clone(),
        }
    }

    /// Whether all that are called the same do the same, in whichever test.
    pub fn is_the_same_everywhere(&self) -> bool {
        matches!(self, Self::Load(..) | Self::Unload(_))
    }
}

/// The file that a thread has under a descriptor.
fn file(id: i32, descriptor: u64) -> Option<String> {
    // Of 64 bits a descriptor has the lower ones.
    let descriptor = descriptor as i32;
    let link = fs::read_link(format!("/proc/{id}/fd/{descriptor}")).ok()?;
    Some(link.to_string_lossy().into_owned())
}

fn may_be_a_modules(target: &str) -> bool {
    let of_a_process = target
        .strip_prefix("/proc/")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !of_a_process && !OTHERS.iter().any(|other| target.starts_with(other))
}
