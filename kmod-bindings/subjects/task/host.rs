// SPDX-License-Identifier: GPL-2.0-only
//! The running task: `<linux/sched.h>`, `<linux/cred.h>` and `<linux/capability.h>`.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_char, c_int, c_uint};

#[expect(non_camel_case_types, reason = "C's name")]
pub struct pid {
    _opaque: [u8; 0],
}

kernel_only! {
    fn kmod_current_uid() -> c_uint;
    fn kmod_current_gid() -> c_uint;
    fn kmod_current_euid() -> c_uint;
    fn kmod_current_egid() -> c_uint;
    fn kmod_current_fsuid() -> c_uint;
    fn kmod_current_fsgid() -> c_uint;
    fn kmod_current_pid() -> c_int;
    fn kmod_current_tgid() -> c_int;
    fn kmod_current_pid_vnr() -> c_int;
    fn kmod_current_tgid_vnr() -> c_int;
    fn kmod_current_comm(comm: *mut c_char);
    fn kmod_pid_current() -> *mut pid;
    fn kmod_pid_find(number: c_int) -> *mut pid;
    fn kmod_pid_get(pid: *mut pid);
    fn kmod_pid_put(pid: *mut pid);
    fn kmod_pid_nr(pid: *mut pid) -> c_int;
    fn kmod_pid_signal(pid: *mut pid, signal: c_int) -> c_int;
    fn capable(cap: c_int) -> bool;
    fn kmod_current_ns_capable(cap: c_int) -> bool;
}

pub const KMOD_TASK_COMM_LEN: c_uint = 16;
pub const KMOD_MODULE_SIZE: c_uint = 2048;

pub const CAP_CHOWN: c_uint = 0;
pub const CAP_DAC_OVERRIDE: c_uint = 1;
pub const CAP_DAC_READ_SEARCH: c_uint = 2;
pub const CAP_FOWNER: c_uint = 3;
pub const CAP_FSETID: c_uint = 4;
pub const CAP_KILL: c_uint = 5;
pub const CAP_SETGID: c_uint = 6;
pub const CAP_SETUID: c_uint = 7;
pub const CAP_SETPCAP: c_uint = 8;
pub const CAP_LINUX_IMMUTABLE: c_uint = 9;
pub const CAP_NET_BIND_SERVICE: c_uint = 10;
pub const CAP_NET_BROADCAST: c_uint = 11;
pub const CAP_NET_ADMIN: c_uint = 12;
pub const CAP_NET_RAW: c_uint = 13;
pub const CAP_IPC_LOCK: c_uint = 14;
pub const CAP_IPC_OWNER: c_uint = 15;
pub const CAP_SYS_MODULE: c_uint = 16;
pub const CAP_SYS_RAWIO: c_uint = 17;
pub const CAP_SYS_CHROOT: c_uint = 18;
pub const CAP_SYS_PTRACE: c_uint = 19;
pub const CAP_SYS_PACCT: c_uint = 20;
pub const CAP_SYS_ADMIN: c_uint = 21;
pub const CAP_SYS_BOOT: c_uint = 22;
pub const CAP_SYS_NICE: c_uint = 23;
pub const CAP_SYS_RESOURCE: c_uint = 24;
pub const CAP_SYS_TIME: c_uint = 25;
pub const CAP_SYS_TTY_CONFIG: c_uint = 26;
pub const CAP_MKNOD: c_uint = 27;
pub const CAP_LEASE: c_uint = 28;
pub const CAP_AUDIT_WRITE: c_uint = 29;
pub const CAP_AUDIT_CONTROL: c_uint = 30;
pub const CAP_SETFCAP: c_uint = 31;
pub const CAP_MAC_OVERRIDE: c_uint = 32;
pub const CAP_MAC_ADMIN: c_uint = 33;
pub const CAP_SYSLOG: c_uint = 34;
pub const CAP_WAKE_ALARM: c_uint = 35;
pub const CAP_BLOCK_SUSPEND: c_uint = 36;
pub const CAP_AUDIT_READ: c_uint = 37;
pub const CAP_PERFMON: c_uint = 38;
pub const CAP_BPF: c_uint = 39;
pub const CAP_CHECKPOINT_RESTORE: c_uint = 40;

pub const SIGHUP: c_uint = 1;
pub const SIGINT: c_uint = 2;
pub const SIGQUIT: c_uint = 3;
pub const SIGKILL: c_uint = 9;
pub const SIGUSR1: c_uint = 10;
pub const SIGUSR2: c_uint = 12;
pub const SIGPIPE: c_uint = 13;
pub const SIGALRM: c_uint = 14;
pub const SIGTERM: c_uint = 15;
pub const SIGCHLD: c_uint = 17;
pub const SIGCONT: c_uint = 18;
pub const SIGSTOP: c_uint = 19;
pub const SIGURG: c_uint = 23;
pub const SIGWINCH: c_uint = 28;
pub const SIGPWR: c_uint = 30;
