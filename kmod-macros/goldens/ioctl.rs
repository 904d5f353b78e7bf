// SPDX-License-Identifier: GPL-2.0-only

/// Commands of /dev/ticket.
#[ioctl(magic = b'T')]
enum TicketCmd {
    /// Draw the next number.
    #[ior(0x01)]
    Draw(u32),
    #[iow(0x02, returns, capability = "CAP_SYS_ADMIN")]
    SetLimits(Limits),
    #[iowr(0x03)]
    Swap(KBox<Table>),
    #[io(0x04)]
    Reset,
    #[cfg(feature = "more")]
    #[io(0x04)]
    Move(usize),
}
