// SPDX-License-Identifier: GPL-2.0-only
/// A character device with every key, and one that shares its class.
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[chrdev(
        name = "tickets",
        nodename = "ticket/{}",
        class = "tickets",
        mode = 0o644,
        major = 240,
        first_minor = 64,
        minors = 4,
    )]
    numbered: Dispenser,
    /// Of the same class.
    #[chrdev(class = "tickets")]
    other: Dispenser,
}
