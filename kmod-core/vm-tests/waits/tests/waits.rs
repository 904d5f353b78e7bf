// SPDX-License-Identifier: GPL-2.0-only
//! Every kind of wait, and what ends it.

use std::fs::{self, File, OpenOptions};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use kmod_test::events::{interrupt, interrupt_then, killed_while_reading};
use kmod_test::{LATE, Task, errno, load, until};

const EINTR: i32 = 4;
const ETIMEDOUT: i32 = 110;

const GATE: &str = "/dev/vm_waits_gate";

fn gate(command: &str) -> Result<(), i32> {
    errno(std::io::Write::write(
        &mut OpenOptions::new().write(true).open(GATE).unwrap(),
        command.as_bytes(),
    ))
    .map(|_| ())
}

/// How many wait, and how often conditions were looked at.
fn waiting() -> (u32, u32) {
    let mut text = [0; 32];
    let n = std::io::Read::read(&mut File::open(GATE).unwrap(), &mut text).unwrap();
    let text = str::from_utf8(&text[..n]).unwrap();
    let (asleep, looks) = text.trim().split_once(' ').unwrap();
    (asleep.parse().unwrap(), looks.parse().unwrap())
}

/// Starts waits, and returns when all sleep.
fn start(commands: &[&'static str]) -> Vec<JoinHandle<Result<(), i32>>> {
    let before = waiting().0;
    let (sender, receiver) = mpsc::channel();
    let start = |&command| {
        let sender = sender.clone();
        thread::spawn(move || {
            sender.send(Task::current()).unwrap();
            gate(command)
        })
    };
    let threads: Vec<_> = commands.iter().map(start).collect();
    until(|| waiting().0 == before + commands.len() as u32);
    // They count before they sleep.
    receiver
        .iter()
        .take(threads.len())
        .for_each(Task::until_asleep);
    threads
}

fn all_ok(threads: Vec<JoinHandle<Result<(), i32>>>) {
    for thread in threads {
        assert_eq!(thread.join().unwrap(), Ok(()));
    }
}

#[test]
fn every_kind_of_wait_ends_by_a_wake_up() {
    let _module = load(&[]).unwrap();
    let kinds = [
        "wait",
        "killable",
        "exclusive",
        "uninterruptible",
        "locked",
        "nested",
    ];
    for kind in kinds {
        let threads = start(&[kind]);
        gate("give").unwrap();
        all_ok(threads);
    }
    let threads = start(&kinds);
    gate("give all").unwrap();
    all_ok(threads);
}

#[test]
fn what_is_there_is_not_waited_for() {
    let _module = load(&[]).unwrap();
    gate("give all").unwrap();
    for kind in ["wait", "timeout", "locked", "locked timeout", "exclusive"] {
        gate(kind).unwrap();
    }
    assert_eq!(waiting(), (0, 3));
}

#[test]
fn a_timeout_ends_the_wait() {
    let _module = load(&[]).unwrap();
    for kind in ["timeout", "locked timeout"] {
        let start = Instant::now();
        assert_eq!(gate(kind), Err(ETIMEDOUT));
        // 50 ms less the jiffy that has begun, of at most 10 ms.
        assert!(start.elapsed() >= Duration::from_millis(40));
    }
}

#[test]
fn wake_ups_in_vain_do_not_prolong_a_timeout() {
    let _module = load(&[]).unwrap();
    let waiter = thread::spawn(|| gate("timeout"));
    let start = Instant::now();
    // Wake-ups come more often than its time is long: prolonged by each, it would not end.
    while !waiter.is_finished() {
        assert!(start.elapsed() < LATE, "it is prolonged");
        // Wakes, but leaves no token: it takes what it gives.
        gate("give").unwrap();
        let _ = gate("timeout");
    }
    assert!(matches!(waiter.join().unwrap(), Ok(()) | Err(ETIMEDOUT)));
}

#[test]
fn an_exclusive_wait_is_woken_alone() {
    let _module = load(&[]).unwrap();
    let threads = start(&["exclusive"; 6]);
    let looks = waiting().1;
    gate("give").unwrap();
    until(|| waiting().0 == 5);
    thread::sleep(Duration::from_millis(50));
    assert_eq!(waiting(), (5, looks + 1), "the others were woken too");
    gate("give all").unwrap();
    all_ok(threads);
}

#[test]
fn all_that_are_not_exclusive_are_woken() {
    let _module = load(&[]).unwrap();
    let threads = start(&["wait"; 4]);
    let looks = waiting().1;
    gate("give").unwrap();
    until(|| waiting().1 == looks + 4);
    assert_eq!(waiting().0, 3);
    gate("give all").unwrap();
    all_ok(threads);
}

#[test]
fn an_interruptible_wake_up_is_not_for_the_others() {
    let _module = load(&[]).unwrap();
    let threads = start(&["uninterruptible"]);
    gate("give interruptible").unwrap();
    thread::sleep(Duration::from_millis(50));
    assert_eq!(waiting().0, 1);
    gate("give").unwrap();
    all_ok(threads);
}

#[test]
fn a_signal_ends_what_it_may() {
    let _module = load(&[]).unwrap();
    for kind in ["wait", "exclusive", "locked"] {
        let signal = interrupt(false).unwrap();
        assert_eq!(gate(kind), Err(EINTR), "{kind}");
        assert_eq!(signal.handled(), 1);
    }
    for kind in ["killable", "uninterruptible"] {
        let signal = interrupt_then(false, || gate("give").unwrap()).unwrap();
        assert_eq!(gate(kind), Ok(()), "{kind}");
        assert_eq!(signal.handled(), 1);
    }
}

#[test]
fn a_call_is_begun_again_if_the_handler_allows_it() {
    let _module = load(&[]).unwrap();
    let signal = interrupt_then(true, || gate("give").unwrap()).unwrap();
    let looks = waiting().1;
    assert_eq!(gate("wait"), Ok(()));
    assert_eq!(signal.handled(), 1);
    // At first, after the signal, when begun again, and after the wake-up.
    assert_eq!(waiting().1, looks + 4);
}

#[test]
fn a_signal_gives_a_mutex_back() {
    let _module = load(&[]).unwrap();
    let signal = interrupt(false).unwrap();
    assert_eq!(gate("locked"), Err(EINTR));
    let _ = signal.handled();
    gate("give").unwrap();
    assert_eq!(gate("locked"), Ok(()));
}

#[test]
fn who_sleeps_can_be_killed() {
    let _module = load(&[]).unwrap();
    let ring = File::open("/dev/vm_waits_ring").unwrap();
    assert!(killed_while_reading(ring).unwrap());
}

#[test]
fn many_readers_share_what_many_writers_write() {
    const EACH: usize = 2000;
    let _module = load(&[]).unwrap();
    let open = || {
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        options.open("/dev/vm_waits_ring").unwrap()
    };
    let sum: u64 = thread::scope(|scope| {
        for writer in 1..=4_u8 {
            scope.spawn(move || {
                let mut left = EACH;
                while left > 0 {
                    let piece = [writer; 7];
                    let n = piece.len().min(left);
                    left -= std::io::Write::write(&mut open(), &piece[..n]).unwrap();
                }
            });
        }
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(move || {
                    let mut sum = 0;
                    let mut left = EACH;
                    while left > 0 {
                        let mut piece = [0; 5];
                        let n = piece.len().min(left);
                        let n = std::io::Read::read(&mut open(), &mut piece[..n]).unwrap();
                        left -= n;
                        sum += piece[..n].iter().map(|&byte| u64::from(byte)).sum::<u64>();
                    }
                    sum
                })
            })
            .collect();
        readers
            .into_iter()
            .map(|reader| reader.join().unwrap())
            .sum()
    });
    assert_eq!(sum, (1 + 2 + 3 + 4) * EACH as u64);
}

#[test]
fn a_missing_command_is_einval() {
    let _module = load(&[]).unwrap();
    assert_eq!(errno(fs::write(GATE, "sleep")), Err(22));
}
