// SPDX-License-Identifier: GPL-2.0-only
//! The capabilities of `<linux/capability.h>`: what a task may do without being root.

use kmod_bindings as bindings;

use super::Caller;
use crate::error::Result;
use crate::error::code::EPERM;

/// A capability, for [`Caller::capable`](super::Caller::capable).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability(pub(super) u8);

/// Asks the running task for a capability, for `capability = "…"` of an attribute: what C's `capable()`
/// answers.
///
/// # Errors
///
/// `EPERM` if the task has it not.
pub(crate) fn require(capability: Capability) -> Result {
    match Caller::new().capable(capability) {
        true => Ok(()),
        false => Err(EPERM),
    }
}

macro_rules! capabilities {
    ($($name:ident: $may:literal,)*) => {$(
        #[doc = concat!("To ", $may, ".")]
        pub const $name: Capability = Capability(bindings::$name as u8);
    )*};
}

capabilities! {
    CAP_CHOWN: "change any file's owner",
    CAP_DAC_OVERRIDE: "pass over the permissions of files",
    CAP_DAC_READ_SEARCH: "read any file and search any folder",
    CAP_FOWNER: "do what only a file's owner may",
    CAP_FSETID: "keep set-user-ID bits of files that it changes",
    CAP_KILL: "send signals to any process",
    CAP_SETGID: "take any group",
    CAP_SETUID: "take any user",
    CAP_SETPCAP: "hand on capabilities of its bounding set",
    CAP_LINUX_IMMUTABLE: "change files that are immutable or append-only",
    CAP_NET_BIND_SERVICE: "bind ports below 1024",
    CAP_NET_BROADCAST: "broadcast; not used",
    CAP_NET_ADMIN: "administer the network",
    CAP_NET_RAW: "use raw and packet sockets",
    CAP_IPC_LOCK: "lock memory",
    CAP_IPC_OWNER: "pass over the permissions of System V IPC",
    CAP_SYS_MODULE: "load and unload modules",
    CAP_SYS_RAWIO: "reach I/O ports and memory of devices",
    CAP_SYS_CHROOT: "change its root folder",
    CAP_SYS_PTRACE: "trace any process",
    CAP_SYS_PACCT: "switch process accounting",
    CAP_SYS_ADMIN: "administer the system: what has no other capability",
    CAP_SYS_BOOT: "reboot",
    CAP_SYS_NICE: "raise priorities",
    CAP_SYS_RESOURCE: "pass over limits",
    CAP_SYS_TIME: "set the clock",
    CAP_SYS_TTY_CONFIG: "configure terminals, and hang them up",
    CAP_MKNOD: "make device nodes",
    CAP_LEASE: "take leases on any file",
    CAP_AUDIT_WRITE: "write to the audit log",
    CAP_AUDIT_CONTROL: "configure auditing",
    CAP_SETFCAP: "give capabilities to files",
    CAP_MAC_OVERRIDE: "pass over mandatory access control",
    CAP_MAC_ADMIN: "configure mandatory access control",
    CAP_SYSLOG: "read and clear the kernel's log",
    CAP_WAKE_ALARM: "wake the system at a time",
    CAP_BLOCK_SUSPEND: "keep the system from suspending",
    CAP_AUDIT_READ: "read the audit log",
    CAP_PERFMON: "monitor performance",
    CAP_BPF: "load BPF programs",
    CAP_CHECKPOINT_RESTORE: "checkpoint and restore processes",
}
