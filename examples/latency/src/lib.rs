// SPDX-License-Identifier: GPL-2.0-only
//! Polls, with a timer and a work: how long does a work wait until one of the kernel's workers begins it?
//! `echo 10 >/proc/sys/latency/period; cat /proc/latency`.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::Instant;

/// Measures how long works wait
#[kernel_module(name = "latency", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Latency {
    #[work]
    sample: Work<Sample>,
    #[timer]
    tick: Timer<Tick>,
    /// /proc/sys/latency/period: milliseconds between two samples; 0 for none.
    #[sysctl(path = "latency/period", range = 0..=60_000, on_change = Latency::changed)]
    period: AtomicU32,
    /// /proc/latency: how many samples there were, and the longest time.
    #[proc(path = "latency")]
    report: Report,
    queued: SeqLock<Option<Instant>>,
    samples: AtomicU64,
    longest: AtomicU64,
}

impl Latency {
    /// The period was written: a new one begins.
    fn changed(&self) {
        match self.period() {
            Some(period) => self.tick.arm(period),
            None => self.tick.disarm(),
        };
    }

    fn period(&self) -> Option<Duration> {
        let period = self.period.load(Ordering::Relaxed);
        (period > 0).then(|| Duration::from_millis(period.into()))
    }
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Latency;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let latency = timer.instance();
        if !latency.sample.is_pending() {
            latency.queued.write(|at| *at = Some(Instant::now()));
            latency.sample.queue();
        }
        latency.period().map_or(Again::No, Again::After)
    }
}

#[derive(Default)]
struct Sample;

#[handlers]
impl WorkHandler for Sample {
    type Instance = Latency;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let latency = work.instance();
        if let Some(at) = latency.queued.read() {
            let nanos = at.elapsed().as_nanos().try_into().unwrap_or(u64::MAX);
            latency.longest.fetch_max(nanos, Ordering::Relaxed);
            latency.samples.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Report;

#[handlers]
impl TextFile for Report {
    type Instance = Latency;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let latency = file.instance();
        let samples = latency.samples.load(Ordering::Relaxed);
        let longest = latency.longest.load(Ordering::Relaxed);
        writeln!(to, "{samples} samples, {longest} ns at most")
    }
}
