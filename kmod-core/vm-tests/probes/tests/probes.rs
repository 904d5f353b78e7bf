// SPDX-License-Identifier: GPL-2.0-only
//! Probes see what those of the twin in C see, on the same function; and whatever is probed, called or
//! unloaded meanwhile, nothing breaks.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use kmod_test::{
    Kmsg, Loaded, Over, Parity, config, errno, load, load_named, load_twin, rounds, takes_probes,
    until,
};

const ENOENT: i32 = 2;
const EINVAL: i32 = 22;

const BOTH: [&str; 2] = ["vm_probes", "vm_probes_c"];

/// The second argument of a call that takes a while.
const LONG: &str = "7 1 0 0 0 0";

/// Whether this kernel probes no function where it begins: then the twin is not loaded either.
fn is_refused() -> bool {
    let is_refused = !takes_probes().unwrap();
    if is_refused {
        println!("this kernel takes no probes where functions begin");
        assert_eq!(errno(load_twin(&[]).map(drop)), Err(EINVAL));
    }
    is_refused
}

/// Where a probe of a function's beginning may become a jump: then the file that says whether it may.
fn jumps() -> Option<&'static Path> {
    const MAY: &str = "/proc/sys/debug/kprobes-optimization";
    let by_ftrace = config("KPROBES_ON_FTRACE").unwrap().is_some();
    Some(Path::new(MAY)).filter(|may| !by_ftrace && may.exists())
}

/// A module whose functions are probed.
struct Probed(Option<Loaded>);

impl Probed {
    fn twin() -> Self {
        Self(Some(load_twin(&[]).unwrap()))
    }
}

impl Drop for Probed {
    /// The kernel takes a jump back some time after its last probe went. Where the function's module goes before, it
    /// keeps what it had for that place for ever, and warns and refuses when one is put there again
    /// (`reuse_unused_kprobe()`): C's twin alone makes it do so. Without jumps, nothing is left to be done later.
    fn drop(&mut self) {
        let may = |value| jumps().map_or(Ok(()), |jumps| fs::write(jumps, value));
        let switched = may("0");
        drop(self.0.take());
        let switched = switched.and_then(|()| may("1"));
        assert!(switched.is_ok() || thread::panicking(), "{switched:?}");
    }
}

/// The module, which goes first, and the twin, whose function it is.
fn both() -> (Loaded, Probed) {
    let twin = Probed::twin();
    (load(&[]).unwrap(), twin)
}

/// Calls the function; its arguments, in decimal.
fn call(arguments: &str) {
    fs::write("/proc/vm_probes_c/call", arguments).unwrap();
}

fn seen(module: &str) -> String {
    fs::read_to_string(format!("/proc/{module}/seen")).unwrap()
}

/// A part of the line that begins so.
fn part(module: &str, line: &str, at: usize) -> String {
    let text = seen(module);
    let line = text.lines().find(|one| one.starts_with(line)).unwrap();
    line.split(' ').nth(at).unwrap().to_owned()
}

/// One that is a count.
fn count(module: &str, line: &str, at: usize) -> u64 {
    part(module, line, at).parse().unwrap()
}

#[test]
fn both_see_the_same_calls() {
    if is_refused() {
        return;
    }
    let _both = both();
    let mut parity = Parity::default();
    parity.case("at first", BOTH.map(seen));
    let calls = [
        "0 0 0 0 0 0",
        "1 2 3 4 5 6",
        "-1 18446744073709551615 -1 255 -9223372036854775808 4294967295",
        "9223372036854775807 12345678901234 -2147483648 128 42 1",
        // Its return is not to be seen.
        "13 0 0 0 0 0",
        "26 0 0 0 0 0",
        LONG,
    ];
    for arguments in calls {
        call(arguments);
        parity.case(arguments, BOTH.map(seen));
    }
    // By another task, too.
    thread::Builder::new()
        .name("another".to_owned())
        .spawn(|| call("5 4 3 2 1 0"))
        .unwrap()
        .join()
        .unwrap();
    parity.case("by another", BOTH.map(seen));
    println!("{}", seen("vm_probes"));
    parity.end();
    assert_eq!(count("vm_probes", "entered", 1), 8);
    assert_eq!(part("vm_probes", "entered", 2), "5");
    assert_eq!(count("vm_probes", "returned", 1), 7);
    assert_eq!(part("vm_probes", "returned", 2), "a");
    assert_eq!(count("vm_probes", "returned", 6), 0);
}

#[test]
fn what_is_kept_is_of_its_own_call() {
    if is_refused() {
        return;
    }
    let _both = both();
    thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for turn in 0..500 {
                    call(&format!("{} 0 0 0 0 0", thread * 1000 + turn + 100));
                }
            });
        }
    });
    for module in BOTH {
        assert_eq!(count(module, "returned", 6), 0, "{module}");
        assert_eq!(count(module, "entered", 1), 2000, "{module}");
    }
}

#[test]
fn more_calls_than_are_counted_on_are_missed() {
    if is_refused() {
        return;
    }
    let _both = both();
    let calls: Vec<_> = (0..5).map(|_| thread::spawn(|| call(LONG))).collect();
    for call in calls {
        call.join().unwrap();
    }
    println!("{}", seen("vm_probes"));
    for module in BOTH {
        let returned = count(module, "returned", 1);
        assert!((2..=5).contains(&returned), "{module}: {returned}");
        assert_eq!(returned + count(module, "missed", 2), 5, "{module}");
    }
}

#[test]
fn a_function_that_is_not_there_is_enoent() {
    if is_refused() {
        return;
    }
    assert_eq!(errno(load(&[]).map(drop)), Err(ENOENT));
    // Nothing is left of it.
    let _both = both();
}

#[test]
fn a_function_that_must_not_be_probed_is_einval() {
    let _no = load_named("vm_probes_no_c", &[]).unwrap();
    assert_eq!(errno(load(&[]).map(drop)), Err(EINVAL));
}

#[test]
fn the_functions_module_may_go_first() {
    if is_refused() {
        return;
    }
    let (module, twin) = both();
    call("1 2 3 4 5 6");
    drop(twin);
    assert_eq!(count("vm_probes", "entered", 1), 1);
    drop(module);
    let _again = both();
}

#[test]
fn a_module_goes_while_calls_are_in_the_function() {
    if is_refused() {
        return;
    }
    let _twin = Probed::twin();
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let module = load(&[]).unwrap();
            let calls: Vec<_> = (0..2).map(|_| thread::spawn(|| call(LONG))).collect();
            until(|| count("vm_probes", "entered", 1) == 2);
            drop(module);
            calls
        })
        .collect();
    for call in calls.into_iter().flatten() {
        call.join().unwrap();
    }
}

#[test]
fn a_module_goes_while_its_probes_are_hit_on_all_cpus() {
    if is_refused() {
        return;
    }
    let _twin = Probed::twin();
    let (over, hits) = (AtomicBool::new(false), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    call("3 0 0 0 0 0");
                }
            });
        }
        let _over = Over(&over);
        for _ in 0..rounds(5) {
            let module = load(&[]).unwrap();
            until(|| count("vm_probes", "returned", 1) > 10);
            assert_eq!(count("vm_probes", "returned", 6), 0);
            hits.fetch_add(count("vm_probes", "entered", 1), Ordering::Relaxed);
            drop(module);
        }
    });
    println!("{} hits", hits.into_inner());
}

#[test]
fn a_handler_may_call_what_it_probes() {
    if is_refused() {
        return;
    }
    let _both = both();
    let mut log = Kmsg::mark().unwrap();
    let mut said = 0;
    let mut hear = || {
        let records = log.records().unwrap();
        let said_now = records
            .iter()
            .filter(|record| record.text.contains("somebody formats"));
        said += said_now.count();
        said
    };
    until(|| {
        fs::write("/proc/vm_probes/talks", "1").unwrap();
        // Numbers are formatted by it.
        fs::read_to_string("/proc/sys/kernel/printk").unwrap();
        // To read the log is to format, too, and where a console has a thread, so is to print: while the handler
        // talks, the log may have no end.
        fs::write("/proc/vm_probes/talks", "0").unwrap();
        hear() >= 3
    });
    let heard = fs::read_to_string("/proc/vm_probes/heard").unwrap();
    let heard: usize = heard.trim().parse().unwrap();
    let said = hear();
    println!("{said} of {heard}");
    // To keep a message is to call it, which is passed over.
    assert!(said <= heard, "{said} of {heard}");
}

/// The addresses of the module's functions whose names have this in them.
fn functions(part: &str) -> Vec<String> {
    let symbols = fs::read_to_string("/proc/kallsyms").unwrap();
    let lines = symbols.lines().filter(|line| line.ends_with("[vm_probes]"));
    let ours = lines.filter(|line| line.contains(part) && line.contains(" t "));
    // What stands before a function cannot be probed.
    let begins = ours.filter(|line| !line.contains(" __pfx_") && !line.contains(" __cfi_"));
    begins
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect()
}

#[test]
fn handlers_may_be_probed_themselves() {
    if is_refused() {
        return;
    }
    let (module, _twin) = both();
    let _module = Probed(Some(module));
    for part in ["probe_entered", "call_entered", "call_returned"] {
        let all = functions(part);
        assert!(!all.is_empty(), "{part}");
        for address in all {
            fs::write("/proc/vm_probes_c/other", &address).unwrap();
            for turn in 0..20 {
                call(&format!("{} 0 0 0 0 0", turn + 100));
            }
            let other = fs::read_to_string("/proc/vm_probes_c/other").unwrap();
            println!("{part}: {}", other.trim());
        }
        fs::write("/proc/vm_probes_c/other", "0").unwrap();
    }
    for module in BOTH {
        assert_eq!(count(module, "returned", 6), 0, "{module}");
    }
    thread::sleep(Duration::from_millis(1));
    assert!(count("vm_probes", "entered", 1) >= 60);
}

/// What the kernel lists of the probes on the function.
fn listed() -> Vec<String> {
    let list = fs::read_to_string("/sys/kernel/debug/kprobes/list").unwrap();
    let of_it = list
        .lines()
        .filter(|line| line.contains("vm_probes_target"));
    of_it.map(str::to_owned).collect()
}

/// Where the kernel can, a probe of a function's beginning is a call of ftrace's, not a breakpoint.
#[test]
fn a_probe_of_a_beginning_is_a_call_of_ftraces() {
    let _both = both();
    let ours = listed();
    println!("{ours:#?}");
    assert!(ours.len() >= 2, "{ours:?}");
    if config("KPROBES_ON_FTRACE").unwrap().is_some() {
        assert!(
            ours.iter().all(|line| line.contains("[FTRACE]")),
            "{ours:?}"
        );
    }
}

/// Elsewhere it may become a jump, which is as good.
#[test]
fn a_probe_may_become_a_jump() {
    if is_refused() || jumps().is_none() {
        println!("this kernel makes no jump of a probe where a function begins");
        return;
    }
    let mut parity = Parity::default();
    let (module, _twin) = both();
    let all_jump = || listed().iter().all(|line| line.contains("[OPTIMIZED]"));
    until(all_jump);
    assert_eq!(listed().len(), 4);
    call("1 2 3 4 5 6");
    parity.case("by a jump", BOTH.map(seen));
    parity.end();
    assert_eq!(count("vm_probes", "entered", 1), 1);
    assert_eq!(count("vm_probes", "returned", 1), 1);
    // One that goes leaves the others there.
    drop(module);
    assert_eq!(listed().len(), 2);
    call("6 5 4 3 2 1");
    assert_eq!(count("vm_probes_c", "entered", 1), 2);
}
