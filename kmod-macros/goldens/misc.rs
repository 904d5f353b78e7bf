// SPDX-License-Identifier: GPL-2.0-only
/// A misc device with every key.
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[misc(name = "tickets", nodename = "ticket/control", mode = 0o644, minor = 240, capability = "CAP_SYS_RAWIO")]
    control: Dispenser,
    #[misc]
    plain: Dispenser,
}
