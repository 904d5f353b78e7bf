// SPDX-License-Identifier: GPL-2.0-only
//! What a thread does that has lost a capability.

use std::io;
use std::panic;
use std::thread;

use crate::guest;

/// `_LINUX_CAPABILITY_VERSION_3`, which has two words for each set.
const VERSION: u32 = 0x2008_0522;

/// The header of `capget(2)` and `capset(2)`; this is the calling thread's.
#[repr(C)]
struct Header {
    version: u32,
    thread: libc::c_int,
}

/// Sets of capabilities: one word of each.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Word {
    effective: u32,
    permitted: u32,
    inheritable: u32,
}

/// Does something in a thread that has all capabilities of the calling one but this, whose number is that
/// of `<linux/capability.h>`.
///
/// # Panics
/// If the action does, or the kernel refuses to take the capability away.
pub fn without_capability<T: Send>(capability: u32, action: impl FnOnce() -> T + Send) -> T {
    guest::require();
    let done = thread::scope(|scope| {
        let lacking = move || {
            drop_one(capability).expect("a thread may lose a capability");
            action()
        };
        scope.spawn(lacking).join()
    });
    done.unwrap_or_else(|error| panic::resume_unwind(error))
}

/// Takes it from the calling thread.
fn drop_one(capability: u32) -> io::Result<()> {
    let mut header = Header {
        version: VERSION,
        thread: 0,
    };
    let mut words = [Word::default(); 2];
    // SAFETY: both are as long as this version's are.
    let got = unsafe { libc::syscall(libc::SYS_capget, &raw mut header, words.as_mut_ptr()) };
    if got != 0 {
        return Err(io::Error::last_os_error());
    }
    let bit = !(1 << (capability % 32));
    let word = &mut words[capability as usize / 32];
    word.effective &= bit;
    word.permitted &= bit;
    // SAFETY: both are as long as this version's are.
    let set = unsafe { libc::syscall(libc::SYS_capset, &raw mut header, words.as_ptr()) };
    match set {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
