// SPDX-License-Identifier: GPL-2.0-only
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[proc(path = "ticket/sold", mode = 0o644)]
    sold: AtomicU32,
    #[cfg(feature = "stats")]
    #[proc(path = "ticket/stats")]
    stats: Stats,
    #[proc(path = "driver/ticket", capability = "CAP_SYS_ADMIN")]
    driver: Stats,
}

#[handlers]
impl TextFile for Stats {
    type Instance = Ticket;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        writeln!(to, "{}", file.instance().sold.load(Ordering::Relaxed))
    }
}
