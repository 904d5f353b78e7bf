// SPDX-License-Identifier: GPL-2.0-only
/// Watches
#[kernel_module(name = "watch", license = "GPL")]
struct Watch {
    #[kprobe(symbol = "do_sys_openat2")]
    opens: Kprobe<Opens>,
    #[cfg(feature = "returns")]
    #[kretprobe(symbol = "nf_tables:nft_do_chain", maxactive = 64)]
    returns: Kretprobe<Returns>,
}

#[handlers]
impl KretprobeHandler for Returns {
    fn returned(&self, call: &KretprobeReturn<'_, Self>) {}
}
