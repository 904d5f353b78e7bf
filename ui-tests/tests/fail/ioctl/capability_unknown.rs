// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[ioctl(magic = b'T')]
enum TicketCmd {
    #[io(0x01, capability = "CAP_SYSADMIN")]
    Reset,
    #[iow(0x02, returns, capability = CAP_SYS_ADMIN)]
    Set(u32),
    #[ior(0x03, capability)]
    Get(u32),
}

fn main() {}
