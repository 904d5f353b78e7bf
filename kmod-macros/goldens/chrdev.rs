// SPDX-License-Identifier: GPL-2.0-only

/// Hands out ticket numbers.
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    /// The device.
    #[chrdev(mode = 0o444)]
    ticket: Dispenser,
}
