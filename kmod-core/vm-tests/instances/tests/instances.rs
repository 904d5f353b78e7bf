// SPDX-License-Identifier: GPL-2.0-only
//! Objects of a module and of its devices, taken away at the worst moments.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use kmod_test::{Kmsg, Task, errno, load, rounds, unload, until};

const ENODEV: i32 = 19;
const EAGAIN: i32 = 11;

const DRIVER: &str = "/sys/bus/platform/drivers/vm_instances";

fn open(path: &str) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

fn control(command: &str) -> Result<(), i32> {
    errno(
        open("/dev/vm_instances")
            .unwrap()
            .write_all(command.as_bytes()),
    )
}

/// Ticks, runs, sleeps, probes, releases with a device, drops.
fn counts() -> [u32; 6] {
    let text = fs::read_to_string("/dev/vm_instances").unwrap();
    let counts: Vec<u32> = text
        .split_whitespace()
        .map(|n| n.parse().unwrap())
        .collect();
    counts.try_into().unwrap()
}

fn bind(what: &str, device: &str) {
    fs::write(Path::new(DRIVER).join(what), device).unwrap();
}

fn read_one(file: &File) -> Result<usize, i32> {
    let mut file = file;
    errno(file.read(&mut [0; 8]))
}

fn poll(file: &File, timeout: i32) -> i16 {
    let mut fd = libc_poll::PollFd {
        fd: file.as_raw_fd(),
        events: 1,
        revents: 0,
    };
    // SAFETY: One `struct pollfd`.
    unsafe { libc_poll::poll(&mut fd, 1, timeout) };
    fd.revents
}

mod libc_poll {
    #[repr(C)]
    pub struct PollFd {
        pub fd: i32,
        pub events: i16,
        pub revents: i16,
    }

    unsafe extern "C" {
        pub fn poll(fds: *mut PollFd, count: u64, timeout: i32) -> i32;
    }
}

#[test]
fn timers_and_works_of_a_module_arm_each_other_until_it_goes() {
    for _ in 0..rounds(20) {
        let module = load(&[]).unwrap();
        control("arm").unwrap();
        // The timer may have queued it already.
        let _ = control("queue");
        until(|| counts()[0] > 3 && counts()[1] > 3);
        drop(module);
    }
}

#[test]
fn a_queue_of_its_own_has_its_name_while_the_module_is_there() {
    let path = Path::new("/sys/devices/virtual/workqueue/vm_busy");
    let module = load(&[]).unwrap();
    let active = fs::read_to_string(path.join("max_active")).unwrap();
    assert_eq!(active.trim(), "2");
    drop(module);
    assert!(!path.exists());
}

#[test]
fn a_timer_that_is_not_armed_is_not_disarmed() {
    let _module = load(&[]).unwrap();
    assert_eq!(control("disarm"), Err(ENODEV));
    assert_eq!(counts()[0], 0);
}

#[test]
fn what_no_attribute_knows_is_inert() {
    let _module = load(&[]).unwrap();
    assert_eq!(control("inert"), Err(ENODEV));
}

#[test]
fn a_work_that_sleeps_ends_when_the_module_goes() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    control("sleep").unwrap();
    until(|| counts()[2] == 1);
    drop(module);
    let lines = log.lines().unwrap();
    let ends = lines
        .iter()
        .any(|line| line.contains("the sleeper ends with Err(ENODEV)"));
    assert!(ends, "{lines:?}");
}

/// The numbers of tasks with this name.
fn tasks(name: &str) -> Vec<String> {
    let all = fs::read_dir("/proc").unwrap().flatten();
    let all = all.map(|entry| entry.file_name().into_string().unwrap());
    let named = |pid: &String| {
        fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.trim() == name)
    };
    all.filter(named).collect()
}

#[test]
fn a_thread_runs_returns_and_is_started_again() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    control("brief").unwrap();
    for _ in 0..2 {
        control("start").unwrap();
        control("brief").unwrap();
    }
    let said: Vec<_> = log.lines().unwrap();
    for runs in 1..=3 {
        let text = format!("the thread has run {runs} times");
        assert!(said.iter().any(|line| line.contains(&text)), "{said:?}");
    }
    let pids = tasks("vm_brief");
    assert_eq!(pids.len(), 1, "it stays");
    let stat = fs::read_to_string(format!("/proc/{}/stat", pids[0])).unwrap();
    let nice = stat.rsplit(')').next().unwrap().split_whitespace().nth(16);
    assert_eq!(nice, Some("-5"));
    let status = fs::read_to_string(format!("/proc/{}/status", pids[0])).unwrap();
    assert!(status.contains("Cpus_allowed_list:\t0\n"), "{status}");
    drop(module);
    assert!(tasks("vm_brief").is_empty());
}

#[test]
fn a_threads_sleeps_end_when_the_module_goes() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    until(|| tasks("patient").len() == 1);
    drop(module);
    let lines = log.lines().unwrap();
    let end = "the thread ends with [Err(ENODEV), Err(ENODEV), Err(ENODEV)], true";
    assert!(lines.iter().any(|line| line.contains(end)), "{lines:?}");
}

#[test]
fn a_thread_that_is_asked_to_return_is_started_again() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    for _ in 0..3 {
        control("ask").unwrap();
    }
    drop(module);
    let lines = log.lines().unwrap();
    let asked = "the thread was asked: Err(ENODEV), true";
    let asked = lines.iter().filter(|line| line.contains(asked));
    assert_eq!(asked.count(), 3, "{lines:?}");
}

#[test]
fn a_closure_that_has_not_begun_is_dropped_when_the_module_goes() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    for command in ["block", "closure", "closure"] {
        open("/dev/vm_instances_armed")
            .unwrap()
            .write_all(command.as_bytes())
            .unwrap();
    }
    drop(module);
    let lines = log.lines().unwrap();
    let of = |text: &str| lines.iter().filter(|line| line.contains(text)).count();
    assert_eq!(of("closure 1 goes, used: false"), 2, "{lines:?}");
    assert_eq!(of("goes, used"), 2, "{lines:?}");
}

#[test]
fn the_same_handlers_serve_a_module_and_its_devices() {
    let _module = load(&[]).unwrap();
    for path in ["/dev/vm_echo", "/dev/vm/echo0", "/dev/vm/echo1"] {
        let mut text = [0; 2];
        let mut file = open(path).unwrap();
        for n in [b"0\n", b"1\n"] {
            file.read_exact(&mut text).unwrap();
            assert_eq!(&text, n, "{path}");
        }
    }
}

#[test]
fn a_device_has_a_name_of_its_own_and_its_parent() {
    let _module = load(&[]).unwrap();
    for n in 0..2 {
        let parent = fs::read_link(format!("/sys/class/misc/vm_card{n}/device")).unwrap();
        assert!(parent.ends_with(format!("vm_instances.{n}")), "{parent:?}");
    }
}

#[test]
fn a_file_outlives_its_device_and_keeps_the_module() {
    let module = load(&[]).unwrap();
    let file = open("/dev/vm_card0").unwrap();
    (&file).write_all(b"go").unwrap();
    bind("unbind", "vm_instances.0");
    assert!(open("/dev/vm_card0").is_err());
    assert_eq!(read_one(&file), Err(ENODEV));
    assert_eq!(errno((&file).write_all(b"go")), Err(ENODEV));
    assert_eq!(poll(&file, 0) & 0x18, 0x18, "EPOLLERR and EPOLLHUP");
    assert_eq!(counts()[5], 0, "the state lives");
    assert_eq!(errno(unload("vm_instances")), Err(EAGAIN));
    drop(file);
    until(|| counts()[5] == 1);
    drop(module);
}

#[test]
fn a_poll_ends_when_its_device_goes() {
    let _module = load(&[]).unwrap();
    let file = open("/dev/vm_card1").unwrap();
    let (sender, receiver) = mpsc::channel();
    let poller = thread::spawn(move || {
        sender.send(Task::current()).unwrap();
        poll(&file, -1)
    });
    receiver.recv().unwrap().until_asleep();
    bind("unbind", "vm_instances.1");
    assert_eq!(poller.join().unwrap() & 0x18, 0x18);
}

#[test]
fn a_device_is_taken_away_again_and_again() {
    let module = load(&[]).unwrap();
    let turns = rounds(100);
    for turn in 0..turns {
        let file = open("/dev/vm_card0").unwrap();
        (&file).write_all(b"go").unwrap();
        let reader = file.try_clone().unwrap();
        let (sender, receiver) = mpsc::channel();
        let reader = thread::spawn(move || {
            sender.send(Task::current()).unwrap();
            read_one(&reader)
        });
        let reading = receiver.recv().unwrap();
        if turn % 4 == 0 {
            reading.until_asleep();
        }
        bind("unbind", "vm_instances.0");
        assert_eq!(reader.join().unwrap(), Err(ENODEV), "turn {turn}");
        bind("bind", "vm_instances.0");
    }
    until(|| counts()[5] == turns);
    assert_eq!(counts()[3], turns + 2);
    drop(module);
}

#[test]
fn devices_go_with_the_module_while_all_is_busy() {
    for _ in 0..rounds(20) {
        let module = load(&[]).unwrap();
        for n in 0..2 {
            open(&format!("/dev/vm_card{n}"))
                .unwrap()
                .write_all(b"go")
                .unwrap();
        }
        until(|| counts()[0] > 3);
        drop(module);
    }
}
