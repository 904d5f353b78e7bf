// SPDX-License-Identifier: GPL-2.0-only
//! The same commands to the device and to its twin.

use std::fs::{self, File};
use std::io::Write;
use std::thread;

use kmod_test::{Parity, Task, errno, load, load_twin};

const PATHS: [&str; 2] = ["/dev/vm_instances_armed", "/dev/vm_instances_c_armed"];

fn tell(path: &str, command: &str) -> Result<(), i32> {
    let file = File::options().write(true).open(path).unwrap();
    errno((&file).write_all(command.as_bytes()))
}

fn ask(path: &str, command: &str) -> Result<i32, i32> {
    tell(path, command)?;
    Ok(fs::read_to_string(path).unwrap().parse().unwrap())
}

fn compare(commands: &[&str]) {
    let _module = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    let mut parity = Parity::default();
    for (step, command) in commands.iter().enumerate() {
        let input = format!("{command}, the {step}th");
        parity.case(input, PATHS.map(|path| ask(path, command)));
    }
    parity.end();
}

#[test]
fn completions_are_those_of_c() {
    let all = [
        "done",
        "try",
        "timeout",
        "complete",
        "done",
        "wait",
        "done",
        "complete",
        "complete",
        "killable",
        "try",
        "try",
        "complete",
        "timeout",
        "complete_all",
        "complete",
        "try",
        "wait",
        "uninterruptible",
        "timeout",
        "done",
        "reinit",
        "done",
        "try",
        "timeout",
        "nonsense",
    ];
    compare(&all);
}

#[test]
fn a_completion_ends_the_wait_of_one_as_in_c() {
    let _module = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    let mut parity = Parity::default();
    for wait in ["wait", "killable", "uninterruptible"] {
        let ends = PATHS.map(|path| {
            let (sender, receiver) = std::sync::mpsc::channel();
            let sleeper = thread::spawn(move || {
                sender.send(Task::current()).unwrap();
                ask(path, wait)
            });
            receiver.recv().unwrap().until_asleep();
            tell(path, "complete").unwrap();
            (sleeper.join().unwrap(), ask(path, "done"))
        });
        parity.case(wait, ends);
    }
    parity.end();
}

#[test]
fn delayed_works_are_those_of_c() {
    let all = [
        "delayed pending",
        "delayed disarm",
        "delayed queue",
        "delayed queue",
        "delayed queue now",
        "delayed pending",
        "delayed arm",
        "delayed arm for ever",
        "delayed runs",
        "delayed disarm",
        "delayed disarm",
        "delayed pending",
        "delayed queue now",
        "delayed ran",
        "delayed runs",
        "delayed queue",
        "delayed arm now",
        "delayed ran",
        "delayed runs",
        "delayed pending",
        "delayed queue",
    ];
    compare(&all);
}

#[test]
fn works_of_an_ordered_queue_run_one_by_one_as_in_c() {
    let all = [
        "block",
        "second",
        "second",
        "beside",
        "second runs",
        "unblock",
        "second ran",
        "second runs",
        "second",
        "second ran",
        "second runs",
    ];
    compare(&all);
}

#[test]
fn closures_run_on_their_queue_and_are_waited_for_as_works_in_c() {
    let all = [
        "flush",
        "second flush",
        "block",
        "closure",
        "closure",
        "second",
        "closures",
        "second runs",
        "unblock",
        // The first of the closures has put a third one behind these.
        "second flush",
        "second runs",
        "flush",
        "flush",
        "closures",
    ];
    compare(&all);
}

#[test]
fn timers_are_those_of_c() {
    let all = [
        "plain armed",
        "plain disarm",
        "plain arm",
        "plain armed",
        "plain arm",
        "plain arm for ever",
        "plain armed",
        "plain runs",
        "plain disarm",
        "plain disarm",
        "plain armed",
        "plain arm",
        "plain arm now",
        "plain ran",
        "plain runs",
        "plain armed",
        "plain arm for ever",
    ];
    compare(&all);
}

#[test]
fn fine_timers_are_those_of_c() {
    let all = [
        "fine armed",
        "fine disarm",
        "fine arm",
        "fine armed",
        "fine arm for ever",
        "fine armed",
        "fine disarm",
        "fine disarm",
        "fine armed",
        "fine arm",
        "fine arm now",
        "fine ran",
        "fine runs",
        "fine armed",
        "date arm",
        "date ran",
        "date arm",
        "date ran",
        "fine arm",
    ];
    compare(&all);
}
