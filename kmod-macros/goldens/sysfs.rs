// SPDX-License-Identifier: GPL-2.0-only
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[sysfs(mode = 0o644)]
    sold: AtomicU32,
    #[cfg(feature = "stats")]
    #[sysfs(name = "statistics")]
    stats: Stats,
    #[misc]
    ticket: Stats,
    #[sysfs(of = ticket, name = "sold")]
    of_ticket: AtomicU32,
    #[cfg(feature = "stats")]
    #[sysfs(of = ticket)]
    left: AtomicU32,
}

#[device]
struct Counter {
    #[sysfs(mode = 0o600, capability = "CAP_SYS_TIME")]
    sold: AtomicU32,
    #[misc(name = "counter{index}")]
    node: Stats,
    #[sysfs(of = node)]
    left: AtomicU32,
}

#[handlers]
impl SysfsFile for Stats {
    type Instance = Ticket;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "{}", file.instance().sold.load(Ordering::Relaxed))
    }

    fn is_visible(&self, _file: &SysfsCall<'_, Self>) -> bool {
        true
    }
}
