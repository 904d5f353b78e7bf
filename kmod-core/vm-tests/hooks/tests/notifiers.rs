// SPDX-License-Identifier: GPL-2.0-only
//! What notifiers hear is what those of the twin in C hear, and what they refuse is refused; and they
//! are gone when their module or their device is.

use std::fs;
use std::net::UdpSocket;
use std::os::unix::process::ExitStatusExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{
    IoctlMemory, Loaded, Parity, errno, load, load_named, load_twin, program, rounds, unload,
};

const BOTH: [&str; 2] = ["vm_hooks", "vm_hooks_c"];

const EBUSY: i32 = 16;
const EXDEV: i32 = 18;

const SIOCSIFFLAGS: u32 = 0x8914;
const SIOCSIFADDR: u32 = 0x8916;
const SIOCSIFMTU: u32 = 0x8922;

const UP: [u8; 2] = [1, 0];
const DOWN: [u8; 2] = [0, 0];

/// Sets something of `lo` to `value`, as it stands in a `struct ifreq`.
fn set_lo(what: u32, value: &[u8]) -> Result<(), i32> {
    let mut request = [0; 40];
    request[..2].copy_from_slice(b"lo");
    request[16..16 + value.len()].copy_from_slice(value);
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    let memory = IoctlMemory::new(&request).unwrap();
    errno(memory.ioctl(&socket, what)).map(drop)
}

fn set_address(address: [u8; 4]) -> Result<(), i32> {
    let [a, b, c, d] = address;
    set_lo(SIOCSIFADDR, &[2, 0, 0, 0, a, b, c, d])
}

fn refuse(module: &str, yes: bool) {
    let path = match module {
        "vm_hooks" => "/proc/vm_hooks/refuse",
        _ => "/sys/module/vm_hooks_c/parameters/refuse",
    };
    fs::write(path, if yes { "1" } else { "0" }).unwrap();
}

/// What the module has heard since it was asked last; its own name and its twin's are one.
fn heard(module: &str) -> String {
    let path = format!("/proc/{module}/heard");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, "clear").unwrap();
    text.replace("vm_hooks_c", "M").replace("vm_hooks", "M")
}

fn number(path: &str) -> u32 {
    fs::read_to_string(path).unwrap().trim().parse().unwrap()
}

fn set_cpu(online: bool) -> Result<(), i32> {
    let online = if online { "1" } else { "0" };
    errno(fs::write("/sys/devices/system/cpu/cpu1/online", online))
}

/// Compares what each of both, alone, makes of the same.
fn compare(what: &str, parity: &mut Parity, run: impl Fn(&str) -> Vec<String>) {
    let results = BOTH.map(|name| {
        let _ = set_lo(SIOCSIFFLAGS, &DOWN);
        let _ = set_lo(SIOCSIFMTU, &65536_u32.to_ne_bytes());
        let _ = set_address([127, 0, 0, 1]);
        let _module = load_named(name, &[]).unwrap();
        let mut all = vec![heard(name)];
        all.extend(run(name));
        all
    });
    assert!(results[0].iter().any(|text| !text.is_empty()), "{what}");
    println!("{what}: {:?}", results[0]);
    parity.case(what, results);
}

#[test]
fn events_are_heard_and_refused_as_in_c() {
    let mut parity = Parity::default();
    compare("a link", &mut parity, |name| {
        let mut all = Vec::new();
        let mut step = |done: Result<(), i32>| {
            all.push(format!("{done:?} {}", heard(name)));
        };
        step(set_lo(SIOCSIFFLAGS, &UP));
        step(set_lo(SIOCSIFMTU, &1000_u32.to_ne_bytes()));
        step(set_address([10, 1, 2, 3]));
        step(set_lo(SIOCSIFFLAGS, &DOWN));
        refuse(name, true);
        let refused = set_lo(SIOCSIFFLAGS, &UP);
        assert_eq!(refused, Err(EBUSY), "{name}");
        step(refused);
        let refused = set_lo(SIOCSIFMTU, &2000_u32.to_ne_bytes());
        assert_eq!(refused, Err(EBUSY), "{name}");
        step(refused);
        step(set_address([127, 0, 0, 1]));
        refuse(name, false);
        step(set_lo(SIOCSIFMTU, &65536_u32.to_ne_bytes()));
        all
    });
    compare("a module", &mut parity, |name| {
        let other = BOTH.into_iter().find(|other| *other != name).unwrap();
        let module = load_named(other, &[]).unwrap();
        drop(module);
        let loaded = heard(name);
        assert!(loaded.contains("module coming M\n"), "{name}: {loaded}");
        refuse(name, true);
        let refused = errno(load_named(other, &[])).map(drop);
        assert_eq!(refused, Err(EBUSY), "{name}");
        vec![loaded, heard(name)]
    });
    compare("a sleep", &mut parity, |name| {
        let state = "/sys/power/state";
        if !fs::read_to_string(state).is_ok_and(|states| states.contains("freeze")) {
            return Vec::new();
        }
        refuse(name, true);
        let refused = errno(fs::write(state, "freeze"));
        assert_eq!(refused, Err(EBUSY), "{name}");
        vec![format!("{refused:?} {}", heard(name))]
    });
    compare("a CPU", &mut parity, |name| {
        let gone = set_cpu(false);
        let mut all = vec![format!("{gone:?} {}", heard(name))];
        refuse(name, true);
        let refused = set_cpu(true);
        assert_eq!(refused, Err(EBUSY), "{name}");
        all.push(format!("{refused:?} {}", heard(name)));
        refuse(name, false);
        let back = set_cpu(true);
        all.push(format!("{back:?} {}", heard(name)));
        all
    });
    parity.end();
}

#[test]
fn a_cpu_that_is_refused_at_once_is_what_insmod_says() {
    let error = errno(load(&["no_cpu=1"])).map(drop);
    assert_eq!(error, Err(EXDEV));
    drop(load(&[]).unwrap());
}

#[test]
fn traps_of_tasks_are_told_as_in_c() {
    let _both = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let told = || BOTH.map(|name| number(&format!("/proc/{name}/traps")));
    let mut parity = Parity::default();
    parity.case("at first", told());
    for _ in 0..3 {
        assert!(program("trap").status().unwrap().signal().is_some());
        parity.case("a trap", told());
    }
    parity.end();
    // Other architectures do not tell of those.
    if cfg!(target_arch = "x86_64") {
        assert_eq!(told(), [3, 3]);
    }
}

fn bind(what: &str) -> std::io::Result<()> {
    let path = format!("/sys/bus/platform/drivers/vm_hooks/{what}");
    fs::write(path, "vm_hooks")
}

#[test]
fn a_device_hears_while_it_is_bound() {
    let _module = load(&[]).unwrap();
    let at = || number("/proc/vm_hooks/of_device");
    let before = at();
    assert!(before > 0, "nothing was told when it was bound");
    set_lo(SIOCSIFMTU, &1000_u32.to_ne_bytes()).unwrap();
    let told = at();
    assert!(told > before);
    bind("unbind").unwrap();
    // What its chain says as if all went, it does not hear.
    assert_eq!(at(), told);
    set_lo(SIOCSIFMTU, &65536_u32.to_ne_bytes()).unwrap();
    assert_eq!(at(), told);
    bind("bind").unwrap();
    assert!(at() > told);
}

#[test]
fn nothing_is_told_to_what_has_gone() {
    let end = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !end.load(Ordering::Relaxed) {
                for size in [1000_u32, 65536] {
                    let _ = set_lo(SIOCSIFMTU, &size.to_ne_bytes());
                }
                let _ = set_lo(SIOCSIFFLAGS, &UP);
                let _ = set_address([10, 1, 2, 3]);
                let _ = set_lo(SIOCSIFFLAGS, &DOWN);
                let _ = load_twin(&[]);
                thread::yield_now();
            }
        });
        let turn = || -> std::io::Result<()> {
            let module: Loaded = load(&[])?;
            bind("unbind")?;
            bind("bind")?;
            module.unload().map_err(|(_, error)| error)
        };
        let turns: std::io::Result<()> = (0..rounds(5)).try_for_each(|_| turn());
        end.store(true, Ordering::Relaxed);
        turns.unwrap();
    });
    let _ = unload("vm_hooks_c");
    let _ = set_lo(SIOCSIFMTU, &65536_u32.to_ne_bytes());
}
