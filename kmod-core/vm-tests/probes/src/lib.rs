// SPDX-License-Identifier: GPL-2.0-only
//! Probes on a function of the twin's, which has the same ones on it in C, and one on a function that its
//! handler calls itself.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// The module
#[kernel_module(name = "vm_probes", license = "GPL")]
#[derive(Default)]
struct Probes {
    #[kprobe(symbol = "vm_probes_target")]
    target: Kprobe<Target>,
    #[kretprobe(symbol = "vm_probes_target", maxactive = 2)]
    returns: Kretprobe<Returns>,
    /// Called by its own handler, while that talks.
    #[kprobe(symbol = "vsnprintf")]
    log: Kprobe<Log>,
    /// What the probes have seen.
    #[proc(path = "vm_probes/seen")]
    seen: Seen,
    #[proc(path = "vm_probes/talks", mode = 0o644)]
    talks: AtomicBool,
    /// How often the log was written to while the handler talks.
    #[proc(path = "vm_probes/heard")]
    heard: AtomicU32,
}

/// Of a call with this as its first argument, the return is not to be seen.
const UNSEEN: usize = 13;

#[derive(Default)]
struct Target {
    hits: AtomicU32,
    words: [AtomicUsize; 6],
    comm: AtomicU64,
    tgid: AtomicU32,
}

#[handlers]
impl KprobeHandler for Target {
    fn entered(&self, call: &KprobeCall<'_, Self>) {
        let words = [
            call.argument::<0>(),
            call.argument::<1>(),
            call.argument::<2>(),
            call.argument::<3>(),
            call.argument::<4>(),
            call.argument::<5>(),
        ];
        for (place, word) in self.words.iter().zip(words) {
            place.store(word, Ordering::Relaxed);
        }
        let mut start = [0; 8];
        for (byte, of) in start.iter_mut().zip(call.comm().to_bytes()) {
            *byte = *of;
        }
        self.comm
            .store(u64::from_ne_bytes(start), Ordering::Relaxed);
        self.tgid
            .store(call.tgid().cast_unsigned(), Ordering::Relaxed);
        self.hits.fetch_add(1, Ordering::Relaxed);
    }
}

/// What is kept of a call: two words, which are no address that is aligned to them.
#[derive(Clone, Copy, Default)]
struct Kept {
    first: usize,
    pid: i32,
    odd: u8,
}

#[derive(Default)]
struct Returns {
    hits: AtomicU32,
    value: AtomicUsize,
    first: AtomicUsize,
    /// What was kept was another call's.
    mixed: AtomicU32,
}

#[handlers]
impl KretprobeHandler for Returns {
    type Module = Probes;
    type Data = Kept;

    fn entered(&self, call: &KretprobeCall<'_, Self>) -> Option<Kept> {
        let first = call.argument::<0>();
        let kept = Kept {
            first,
            pid: call.pid(),
            odd: 0x5a,
        };
        (first != UNSEEN).then_some(kept)
    }

    fn returned(&self, call: &KretprobeReturn<'_, Self>) {
        let Kept { first, pid, odd } = call.data();
        // The function returns its first argument, twice.
        let is_its_own = call.value() == first.wrapping_mul(2) && pid == call.pid() && odd == 0x5a;
        if !is_its_own {
            self.mixed.fetch_add(1, Ordering::Relaxed);
        }
        self.value.store(call.value(), Ordering::Relaxed);
        self.first.store(first, Ordering::Relaxed);
        self.hits.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Log;

#[handlers]
impl KprobeHandler for Log {
    type Instance = Probes;

    fn entered(&self, call: &KprobeCall<'_, Self>) {
        let probes = call.instance();
        if probes.talks.load(Ordering::Relaxed) {
            probes.heard.fetch_add(1, Ordering::Relaxed);
            pr_info!(deferred; "somebody formats\n");
        }
    }
}

#[derive(Default)]
struct Seen;

#[handlers]
impl TextFile for Seen {
    type Instance = Probes;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let (target, returns) = (&file.instance().target, &file.instance().returns);
        let (entered, returned) = (target.handler(), returns.handler());
        write!(to, "entered {}", entered.hits.load(Ordering::Relaxed))?;
        for word in &entered.words {
            write!(to, " {:x}", word.load(Ordering::Relaxed))?;
        }
        writeln!(
            to,
            " by {:x} {}",
            entered.comm.load(Ordering::Relaxed),
            entered.tgid.load(Ordering::Relaxed)
        )?;
        writeln!(
            to,
            "returned {} {:x} of {:x} mixed {}",
            returned.hits.load(Ordering::Relaxed),
            returned.value.load(Ordering::Relaxed),
            returned.first.load(Ordering::Relaxed),
            returned.mixed.load(Ordering::Relaxed)
        )?;
        writeln!(to, "missed {} {}", target.missed(), returns.missed())
    }
}
