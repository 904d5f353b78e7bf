// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's own complaints: WARN, BUG, Oops and the sanitizers' reports in its log, and the
//! taint flags that stay behind.

use kmod_build::arch::ARCHES;
use kmod_test::wire::Event;

/// How a line begins that complains, whatever the processor.
const BEGINNINGS: &[&str] = &[
    "WARNING: ",
    "BUG: ",
    // SLUB's: "BUG kmalloc-64 (Tainted: G O): Poison overwritten".
    "BUG ",
    "[ BUG: ",
    "kernel BUG at ",
    "Oops: ",
    "Oops [#",
    "Unable to handle kernel ",
    "UBSAN: ",
    "ODEBUG: ",
    "DMA-API: ",
    "KASAN: ",
    "refcount_t: ",
    "list_add corruption",
    "list_del corruption",
    "sysfs: cannot create duplicate filename",
    "Kernel panic - not syncing",
    "watchdog: BUG: ",
    "rcu: INFO: ",
    "kmemleak: ",
    "Kernel stack is corrupted",
];

/// Parts of lines that complain, wherever they stand.
const PARTS: &[&str] = &[
    "blocked for more than",
    "detected stalls on CPUs",
    "sleeping function called from invalid context",
    "scheduling while atomic",
    "self-detected stall",
    "trying to register non-static key",
    "INFO: lockdep is turned off",
    "is not initialized, yet kobject_put() is being called",
    "does not have a release() function",
    // What load_module() says of a module that was built wrongly.
    "loading module not compiled with retpoline compiler",
    ": version magic '",
    "unexpected non-allocatable section",
    "no symbol version for",
    "disagrees about version of symbol",
    "] BTF: -",
];

/// How a report of a data race begins.
const RACE: &str = "BUG: KCSAN: ";

/// How many functions of each access say whose race it is: the one that did it, and its caller.
const ACCUSED: usize = 2;

/// Taint flags that a fault leaves: bit, what it says.
const TAINTS: &[(u32, &str)] = &[
    (5, "B, a bad page"),
    (7, "D, an Oops"),
    (9, "W, a WARN"),
    (14, "L, a soft lockup"),
];

/// Watches a guest's events for complaints.
#[derive(Debug, Default)]
pub struct Watch {
    expected: Vec<String>,
    met: bool,
    before: String,
    complaints: Vec<String>,
    race: Option<Race>,
}

/// A report of a data race of which it is not known yet whether a module has to do with it: the kernel has
/// races of its own.
#[derive(Debug)]
struct Race {
    /// Its first line.
    title: String,
    /// How many functions of this access are still looked at.
    left: usize,
}

impl Watch {
    /// Takes one event into account.
    pub fn see(&mut self, event: &Event) {
        match event {
            Event::Begin(_) | Event::Test(_) => {
                self.expected.clear();
                self.met = false;
            }
            Event::Log {
                facility: 0, text, ..
            } => self.line(text),
            Event::Log { text, .. } => {
                self.expected
                    .extend(text.strip_prefix(kmod_test::EXPECT).map(str::to_owned));
            }
            Event::Taint(bits) if !self.met => self.taint(*bits),
            Event::Complaint(text) if !self.met => self.complaints.push(text.clone()),
            _ => {}
        }
    }

    /// Whether the running test has said that it wants this.
    pub fn expects(&self, text: &str) -> bool {
        self.expected.iter().any(|want| text.contains(want))
    }

    /// Whether there are complaints that were not taken.
    pub fn complains(&self) -> bool {
        !self.complaints.is_empty()
    }

    /// The complaints since the last call.
    pub fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.complaints)
    }

    fn line(&mut self, text: &str) {
        if text.starts_with(RACE) && !names_module(text) {
            self.race = Some(Race {
                title: text.to_owned(),
                left: 0,
            });
        } else if complains(text) {
            self.complaint(text);
        } else if let Some(title) = self.accused(text) {
            self.complaint(&title);
        }
        text.clone_into(&mut self.before);
    }

    /// A line that complains, unless the running test has said so.
    fn complaint(&mut self, text: &str) {
        // A WARN's own words stand in the line before.
        let met = |want: &String| text.contains(want) || self.before.contains(want);
        if self.expected.iter().any(met) {
            self.met = true;
        } else {
            self.complaints.push(format!("the kernel's log: {text}"));
        }
    }

    /// The first line of a report of a race, if this one of its lines tells that it is a module's.
    fn accused(&mut self, text: &str) -> Option<String> {
        let race = self.race.as_mut()?;
        if text.starts_with("=====") {
            self.race = None;
        } else if text.contains(" bytes by ") {
            // "write to 0x… of 4 bytes by task 81 on cpu 0:", and "read to 0x… (marked) of …".
            race.left = ACCUSED;
        } else if race.left > 0 && text.contains("+0x") {
            race.left -= 1;
            if names_module(text) {
                return self.race.take().map(|race| race.title);
            }
        }
        None
    }

    fn taint(&mut self, bits: u64) {
        for (bit, what) in TAINTS {
            if bits & (1 << bit) != 0 {
                self.complaints
                    .push(format!("the kernel is tainted: {what}"));
            }
        }
    }
}

/// Whether a line tells of a function of a module: `f+0x1/0x2 [m]`, or `f [m]`.
fn names_module(text: &str) -> bool {
    text.contains(" [") && text.contains(']')
}

/// Whether a line of the kernel's log begins a report.
pub fn complains(text: &str) -> bool {
    let text = text.trim_start();
    let exceptions = ARCHES.iter().flat_map(|arch| arch.exceptions);
    let mut beginnings = BEGINNINGS.iter().chain(exceptions);
    beginnings.any(|start| text.starts_with(start)) || PARTS.iter().any(|part| text.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kernel(text: &str) -> Event {
        Event::Log {
            facility: 0,
            level: 4,
            text: text.into(),
        }
    }

    fn program(text: &str) -> Event {
        Event::Log {
            facility: 1,
            level: 4,
            text: text.into(),
        }
    }

    #[test]
    fn complaints_are_seen() {
        for line in [
            "WARNING: CPU: 1 PID: 79 at /tmp/x.c:12 init_module+0x12/0x1000 [x]",
            "WARNING: possible circular locking dependency detected",
            "BUG: kernel NULL pointer dereference, address: 0000000000000000",
            "BUG: KASAN: slab-out-of-bounds in foo+0x1/0x2",
            "kernel BUG at /tmp/x.c:14!",
            "Oops: 0002 [#1] PREEMPT SMP NOPTI",
            "UBSAN: array-index-out-of-bounds in x.c:3:4",
            "BUG kmalloc-64 (Tainted: G           O      ): Poison overwritten",
            "[ BUG: Invalid wait context ]",
            "BUG: sleeping function called from invalid context at mm/slab.h:492",
            "WARNING: suspicious RCU usage",
            "INFO: trying to register non-static key.",
            "ODEBUG: activate active (active state 0) object: timer_list hint: x",
            "rcu: INFO: rcu_preempt self-detected stall on CPU",
            "kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
            "INFO: task insmod:81 blocked for more than 120 seconds.",
            "refcount_t: underflow; use-after-free.",
            "sysfs: cannot create duplicate filename '/class/x'",
            "x: loading module not compiled with retpoline compiler.",
            "x: version magic '6.1.0 SMP' should be '6.1.1 SMP'",
            "x: unexpected non-allocatable section: .modinfo.1",
            "failed to validate module [x] BTF: -22",
        ] {
            let mut watch = Watch::default();
            watch.see(&kernel(line));
            assert_eq!(watch.take().len(), 1, "{line}");
        }
    }

    #[test]
    fn a_data_race_is_a_modules_or_the_kernels_own() {
        let seen = |title: &str, reads: &[&str], writes: &[&str]| {
            let mut watch = Watch::default();
            let line = "==========";
            watch.see(&kernel(line));
            watch.see(&kernel(&format!("BUG: KCSAN: data-race in {title}")));
            watch.see(&kernel(
                "write to 0xffffffffc0002000 of 4 bytes by task 81 on cpu 1:",
            ));
            writes.iter().for_each(|line| watch.see(&kernel(line)));
            watch.see(&kernel(
                "read (marked) to 0xffffffffc0002000 of 4 bytes by interrupt on cpu 0:",
            ));
            reads.iter().for_each(|line| watch.see(&kernel(line)));
            watch.see(&kernel("Reported by Kernel Concurrency Sanitizer on:"));
            watch.see(&kernel("Hardware name: x+0x1/0x2 [m]"));
            watch.see(&kernel(line));
            // After it a line is what it always was.
            watch.see(&kernel(" z+0x1/0x2 [m]"));
            let took = watch.take();
            assert!(took.iter().all(|said| said.contains(title)), "{took:?}");
            took.len()
        };
        let own = [" f+0x1/0x2", " g+0x1/0x2", " h+0x1/0x2 [m]"];
        let called = [" f+0x1/0x2", " g+0x1/0x2 [m]"];
        assert_eq!(seen("f / f", &own, &own), 0);
        assert_eq!(seen("f [m] / f", &own, &own), 1);
        assert_eq!(seen("f / f", &called, &own), 1);
        assert_eq!(seen("f / f", &own, &called), 1);
        assert_eq!(seen("f / f", &called, &called), 1);
    }

    #[test]
    fn ordinary_lines_are_none() {
        let mut watch = Watch::default();
        for line in [
            "hello: loading out-of-tree module taints kernel.",
            "hello: module verification failed: signature and/or required key missing - tainting kernel",
            "hello: DEBUG: nothing",
        ] {
            watch.see(&kernel(line));
        }
        watch.see(&program("WARNING: a program says so"));
        watch.see(&Event::Taint((1 << 12) | (1 << 13)));
        assert_eq!(watch.take(), Vec::<String>::new());
    }

    #[test]
    fn what_a_test_expects_is_none_in_that_test() {
        let warn = "WARNING: CPU: 1 PID: 79 at /tmp/x.c:12";
        let mut watch = Watch::default();
        watch.see(&Event::Test("a".into()));
        watch.see(&program("kmod_test: expects my reason"));
        watch.see(&kernel("my reason 5"));
        watch.see(&kernel(warn));
        watch.see(&Event::Taint(1 << 9));
        assert_eq!(watch.take(), Vec::<String>::new());
        watch.see(&Event::Test("b".into()));
        watch.see(&kernel("my reason 5"));
        watch.see(&kernel(warn));
        assert_eq!(watch.take().len(), 1);
    }

    #[test]
    fn what_the_guest_complains_of_is_one_unless_the_test_wants_it() {
        let off = Event::Complaint("lockdep is off".into());
        let mut watch = Watch::default();
        watch.see(&off);
        assert_eq!(watch.take(), ["lockdep is off"]);
        watch.see(&Event::Test("a".into()));
        watch.see(&program("kmod_test: expects an Oops"));
        watch.see(&kernel("BUG: an Oops"));
        watch.see(&off);
        assert_eq!(watch.take(), Vec::<String>::new());
    }

    #[test]
    fn taint_of_a_warn_is_a_complaint() {
        let mut watch = Watch::default();
        watch.see(&Event::Taint((1 << 9) | (1 << 12)));
        assert_eq!(watch.take(), ["the kernel is tainted: W, a WARN"]);
    }
}
