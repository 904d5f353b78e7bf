// SPDX-License-Identifier: GPL-2.0-only
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[debugfs(path = "ticket/sold", mode = 0o644)]
    sold: AtomicU32,
    #[cfg(feature = "stats")]
    #[debugfs(path = "ticket/inside/stats")]
    stats: Stats,
}

#[device]
struct Counter {
    #[debugfs(path = "ticket/counter{index}/stats")]
    stats: Stats,
    #[debugfs(path = "ticket/counter{index}/sold", mode = 0o600, capability = "CAP_SYSLOG")]
    sold: AtomicU32,
}
