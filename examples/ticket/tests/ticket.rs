// SPDX-License-Identifier: GPL-2.0-only
//! Drawing tickets.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::thread;

use kmod_test::{fault, load, set_sysctl, sysctl};

const EFAULT: i32 = 14;
const EINVAL: i32 = 22;
const ERANGE: i32 = 34;

fn draw(file: &mut File) -> u32 {
    let mut text = [0; 16];
    let n = file.read(&mut text).unwrap();
    let text = str::from_utf8(&text[..n]).unwrap();
    text.strip_suffix('\n').unwrap().parse().unwrap()
}

fn errno<T: std::fmt::Debug>(result: io::Result<T>) -> i32 {
    result.unwrap_err().raw_os_error().unwrap()
}

#[test]
fn numbers_come_one_after_the_other() {
    let _module = load(&["start=7"]).unwrap();
    let mut ticket = File::open("/dev/ticket").unwrap();
    assert_eq!(draw(&mut ticket), 7);
    assert_eq!(draw(&mut ticket), 8);
    assert_eq!(draw(&mut File::open("/dev/ticket").unwrap()), 9);
}

#[test]
fn the_step_can_be_set() {
    let _module = load(&[]).unwrap();
    let mut ticket = File::open("/dev/ticket").unwrap();
    assert_eq!(sysctl("ticket/step").unwrap(), "1");
    set_sysctl("ticket/step", "10").unwrap();
    assert_eq!(draw(&mut ticket), 1);
    assert_eq!(draw(&mut ticket), 11);
    assert_eq!(errno(set_sysctl("ticket/step", "101")), EINVAL);
    assert_eq!(sysctl("ticket/step").unwrap(), "10");
}

#[test]
fn writing_says_what_comes_next() {
    let _module = load(&[]).unwrap();
    let mut ticket = File::open("/dev/ticket").unwrap();
    fs::write("/dev/ticket", "0x10\n").unwrap();
    assert_eq!(draw(&mut ticket), 16);
    assert_eq!(errno(fs::write("/dev/ticket", "none")), EINVAL);
    assert_eq!(errno(fs::write("/dev/ticket", "4294967296")), ERANGE);
    assert_eq!(draw(&mut ticket), 17);
}

#[test]
fn a_ticket_that_cannot_be_given_is_not_lost() {
    let _module = load(&[]).unwrap();
    let mut ticket = File::open("/dev/ticket").unwrap();
    assert_eq!(errno(fault::read_into_unmapped(&ticket, 16)), EFAULT);
    assert_eq!(draw(&mut ticket), 1);
}

#[test]
fn nobody_gets_the_number_of_another() {
    let _module = load(&[]).unwrap();
    let drawn: Vec<u32> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut ticket = File::open("/dev/ticket").unwrap();
                    (0..500).map(|_| draw(&mut ticket)).collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|t| t.join().unwrap())
            .collect()
    });
    let distinct: HashSet<u32> = drawn.iter().copied().collect();
    assert_eq!(distinct.len(), 2000);
    assert_eq!(drawn.iter().max(), Some(&2000));
}
