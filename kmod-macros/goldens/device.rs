// SPDX-License-Identifier: GPL-2.0-only
/// One of a driver's devices.
#[device]
struct Counter {
    /// /dev/counter0
    #[misc(name = "counter{index}", nodename = "counter/{index}", mode = 0o444)]
    node: Node,
    #[misc]
    other: Node,
    #[timer]
    tick: Timer<Tick>,
    #[cfg(feature = "work")]
    #[work]
    flush: Work<Flush>,
    count: AtomicU32,
}
