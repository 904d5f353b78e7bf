// SPDX-License-Identifier: GPL-2.0-only
/// Registers of each kind.
#[registers(size = 0x400)]
struct Engine {
    /// What has happened.
    #[rc(0x00)]
    pub causes: Causes,
    #[w1c(0x00, alias = causes)]
    served: Causes,
    #[rw(0x04, reset = 0x81)]
    pub r#mode: u8,
    #[rw(0x40, stride = 8, reset = 1)]
    low: [u32; 16],
    #[rw(0x44, stride = 8)]
    high: [u32; 16],
    #[block(0x100, stride = 0x20)]
    channels: [Channel; 4],
    #[cfg(any())]
    #[block(0x200)]
    other: Channel,
}

#[registers(size = 0x10)]
struct Channel {
    #[rw(0x00)]
    address: u64,
}
