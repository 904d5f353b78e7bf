// SPDX-License-Identifier: GPL-2.0-only
//! A module with a handler on a tracepoint.

#[kernel_module(name = "signals", license = "GPL")]
struct Module {
    #[tracepoint(name = "signal_generate", header = "trace/events/signal.h")]
    signals: Tracepoint<Signals>,
}

#[handlers]
impl TracepointHandler for Signals {
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        pr_info!("{}\n", call.comm());
    }
}
