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
