// SPDX-License-Identifier: GPL-2.0-only
//! What a panic leaves behind, handler by handler: the table in docs/reference/panics.md.
//!
//! Nothing that was left behind goes away before the machine does. So each case has a module of its own, a
//! copy with another name, and processes of its own; what hangs is left alone.

use std::fmt;
use std::fs;
use std::io;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::{LATE, expect_bug, expect_report, module_path, program, until};

/// The module's name.
const NAME: &str = "vm_after";

/// What has slept so long without a signal being able to wake it hangs, if that is expected.
const STUCK: Duration = Duration::from_secs(1);

/// What becomes of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It ends, with this errno.
    Ends(i32),
    /// It is killed by the panic.
    Dies,
    /// It sleeps for ever.
    Hangs,
}
use Fate::{Dies, Ends, Hangs};

/// It was as if there had been no panic.
const WORKS: Fate = Ends(0);
/// The module is in use.
const IN_USE: Fate = Ends(11);
/// It is being loaded, or unloaded, for ever.
const BUSY: Fate = Ends(16);

/// A case: who panics, what has it panic, what becomes of that process, of another that does the same,
/// and of `rmmod`.
struct Case {
    at: &'static str,
    poke: &'static [&'static str],
    first: Fate,
    again: Fate,
    rmmod: Fate,
}

const fn case(
    at: &'static str,
    poke: &'static [&'static str],
    [first, again, rmmod]: [Fate; 3],
) -> Case {
    Case {
        at,
        poke,
        first,
        again,
        rmmod,
    }
}

impl Case {
    /// Its row in the documentation, but for the last column.
    fn row(&self) -> String {
        let what = match self.poke {
            ["threads", ..] => "read in a thread",
            _ => self.at,
        };
        let first = match self.first {
            // The thread has.
            WORKS if matches!(self.poke, ["threads", ..]) => "dies".to_owned(),
            WORKS => "goes on".to_owned(),
            fate => fate.to_string(),
        };
        format!("| {what} | {first} | {} | {} | ", self.again, self.rmmod)
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Dies => f.write_str("dies"),
            Hangs => f.write_str("hangs"),
            WORKS => f.write_str("works"),
            IN_USE => f.write_str("`EAGAIN`"),
            BUSY => f.write_str("`EBUSY`"),
            Ends(errno) => write!(f, "errno {errno}"),
        }
    }
}

const CASES: &[Case] = &[
    case("read", &["read", "/dev/@_misc"], [Dies, WORKS, WORKS]),
    // Of a process with another thread.
    case("read", &["threads", "/dev/@_misc"], [WORKS, WORKS, IN_USE]),
    case("write", &["write", "/dev/@_misc"], [Dies, WORKS, WORKS]),
    case("llseek", &["lseek", "/dev/@_misc"], [Dies, WORKS, WORKS]),
    case("ioctl", &["ioctl", "/dev/@_misc"], [Dies, WORKS, WORKS]),
    case("poll", &["poll", "/dev/@_misc"], [Dies, WORKS, WORKS]),
    case(
        "with a Mutex",
        &["fsync", "/dev/@_misc"],
        [Dies, Hangs, IN_USE],
    ),
    case(
        "with a RwLock",
        &["fsync", "/dev/@_misc"],
        [Dies, Hangs, IN_USE],
    ),
    case(
        "show_fdinfo",
        &["fdinfo", "/dev/@_misc"],
        [Dies, WORKS, IN_USE],
    ),
    case("mmap", &["mmap", "/dev/@_misc"], [Hangs, WORKS, IN_USE]),
    case("flush", &["close", "/dev/@_misc"], [Dies, WORKS, IN_USE]),
    case("release", &["close", "/dev/@_misc"], [Dies, WORKS, IN_USE]),
    case(
        "drop of PerOpen",
        &["close", "/dev/@_misc"],
        [Dies, WORKS, IN_USE],
    ),
    case(
        "open of a chrdev",
        &["open", "/dev/@_chr"],
        [Dies, WORKS, IN_USE],
    ),
    case(
        "read of a sysctl",
        &["read", "/proc/sys/@/own"],
        [Dies, WORKS, Hangs],
    ),
    case(
        "write of a sysctl",
        &["write", "/proc/sys/@/own"],
        [Dies, WORKS, Hangs],
    ),
    case(
        "on_change of a sysctl",
        &["write", "/proc/sys/@/number"],
        [Dies, WORKS, Hangs],
    ),
    case(
        "show of a proc file",
        &["read", "/proc/@/file"],
        [Dies, WORKS, Hangs],
    ),
    case(
        "write of a proc file",
        &["write", "/proc/@/file"],
        [Dies, WORKS, Hangs],
    ),
    case("validate", &["write", NUMBER], [Dies, Hangs, Hangs]),
    case("on_change", &["write", NUMBER], [Dies, Hangs, Hangs]),
    case("show", &["show", "@"], [Dies, WORKS, WORKS]),
    case(
        "read of a device's node",
        &["read", "/dev/@_card"],
        [Dies, WORKS, WORKS],
    ),
    case("init", &[], [Dies, BUSY, BUSY]),
    case("drop", &["rmmod", "@"], [Dies, BUSY, BUSY]),
    case("run", &["write", "/dev/@_misc"], [WORKS, WORKS, Hangs]),
    // It begins when the module is loaded.
    case(
        "run of a thread",
        &["write", "/dev/@_misc"],
        [WORKS, WORKS, WORKS],
    ),
    case(
        "remove",
        &["write", "/sys/bus/platform/drivers/@/unbind", "@"],
        [Dies, Hangs, Hangs],
    ),
    case(
        "probe",
        &["bind again", "/sys/bus/platform/drivers/@", "@"],
        [Dies, Hangs, Hangs],
    ),
    // The last: from here on no misc device can be opened, registered or taken back.
    case(
        "open of a misc device",
        &["open", "/dev/@_misc"],
        [Dies, Hangs, IN_USE],
    ),
];

/// The parameter's file.
const NUMBER: &str = "/sys/module/@/parameters/number";

/// Does something in a process of its own.
fn poke(words: &[&str], name: &str) -> Child {
    let words = words.iter().map(|word| word.replace('@', name));
    let mut poke = program("poke");
    poke.args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    poke.spawn().unwrap()
}

/// What becomes of it. What is not expected to hang is given all the time that it may take.
fn fate(mut child: Child, hangs: bool) -> Fate {
    let start = Instant::now();
    let mut since = None;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().map_or(Dies, Ends);
        }
        let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
        let sleeps = stat
            .rsplit(')')
            .next()
            .is_some_and(|rest| rest.starts_with(" D "));
        since = sleeps.then(|| since.unwrap_or_else(Instant::now));
        let stuck = since.is_some_and(|since| since.elapsed() >= STUCK);
        if stuck && hangs || start.elapsed() > LATE {
            return Hangs;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Puts a copy of the module into the VM that is called `name`.
fn copy(name: &str) -> io::Result<()> {
    let mut data = fs::read(module_path(NAME))?;
    for at in 0..data.len() - NAME.len() {
        if data[at..].starts_with(NAME.as_bytes()) {
            data[at..at + NAME.len()].copy_from_slice(name.as_bytes());
        }
    }
    fs::write(module_path(name), data)
}

/// What is seen of a case.
fn run(case: &Case, name: &str) -> Case {
    copy(name).unwrap();
    let module = module_path(name).display().to_string();
    let at = format!("at=\"{}\"", case.at);
    let loads = if case.at == "init" { case.first } else { WORKS };
    let loaded = fate(poke(&["insmod", &module, &at], name), false);
    assert_eq!(loaded, loads, "{at}");
    let mut seen = Case { ..*case };
    if case.at != "init" {
        seen.first = fate(poke(case.poke, name), case.first == Hangs);
        seen.again = fate(poke(case.poke, name), case.again == Hangs);
    }
    seen.rmmod = fate(poke(&["rmmod", name], name), case.rmmod == Hangs);
    seen
}

/// What is logged, and what stays.
fn expect_panics() {
    expect_bug().unwrap();
    // With PREEMPT_RT: a process that ends within `mmap` waits for itself.
    expect_report("rtmutex deadlock detected").unwrap();
    // Also those of the test before.
    for name in ["vm_aft", "vm_devic", "vm_keeps"] {
        expect_report(&format!("the test left the module {name}")).unwrap();
    }
}

/// A driver lets its device go, though nobody will leave the handler.
#[test]
fn a_device_can_be_unbound_after_a_panic_in_it() {
    expect_panics();
    let name = "vm_devic";
    copy(name).unwrap();
    let module = module_path(name).display().to_string();
    let at = "at=\"read of a device's node\"";
    assert_eq!(fate(poke(&["insmod", &module, at], name), false), WORKS);
    // The file stays open: it is not closed by the thread that dies, but would be by the last one.
    let read = poke(&["threads", "/dev/@_card"], name);
    assert_eq!(fate(read, false), WORKS);
    for file in ["unbind", "bind"] {
        let path = format!("/sys/bus/platform/drivers/{name}/{file}");
        let done = fate(poke(&["write", &path, name], name), false);
        assert_eq!(done, WORKS, "{file}");
    }
    let read = fate(poke(&["read", "/dev/@_card"], name), false);
    assert_eq!(read, WORKS, "the driver has it again");
}

/// A `RwLock` names the task that holds it, at which who comes looks: that is never freed, and so keeps its
/// namespace of users, which are counted.
#[test]
fn a_task_that_panics_with_a_lock_that_names_it_is_never_freed() {
    const ENOSPC: i32 = 28;
    const MOST: &str = "/proc/sys/user/max_user_namespaces";
    expect_panics();
    let name = "vm_keeps";
    copy(name).unwrap();
    let module = module_path(name).display().to_string();
    let at = "at=\"with a RwLock\"";
    assert_eq!(fate(poke(&["insmod", &module, at], name), false), WORKS);
    let before = fs::read_to_string(MOST).unwrap();
    fs::write(MOST, "1").unwrap();
    // Some time after a task has ended it is freed, and its namespace with it.
    let in_one_of_its_own = |what: &str| fate(poke(&["unshare", what], name), false);
    for _ in 0..3 {
        until(|| in_one_of_its_own("-") == WORKS);
    }
    until(|| in_one_of_its_own("/dev/@_misc") == Dies);
    for _ in 0..25 {
        assert_eq!(in_one_of_its_own("-"), Ends(ENOSPC));
        thread::sleep(Duration::from_millis(40));
    }
    fs::write(MOST, before).unwrap();
}

#[test]
fn what_a_panic_leaves_behind() {
    expect_panics();
    let mut wrong = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let seen = run(case, &format!("vm_aft{number:02}"));
        let (seen, expected) = (seen.row(), case.row());
        println!("{seen}");
        if seen != expected {
            wrong.push(format!("{seen}; expected was\n{expected}"));
        }
        let documented = include_str!("../../../../docs/reference/panics.md");
        assert!(documented.contains(&expected), "no row {expected}");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
