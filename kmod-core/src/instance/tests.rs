// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use core::ptr::NonNull;
use std::string::String;
use std::sync::Mutex;

use super::section::Sections;
use super::{At, Object, register_all, take_back};
use crate::error::Result;
use crate::error::code::{ENODEV, ENOMEM};

/// Says what is done with it.
struct Told<'a> {
    name: char,
    fails: bool,
    log: &'a Mutex<String>,
}

impl Told<'_> {
    fn tell(&self, what: char) {
        self.log.lock().unwrap().extend([what, self.name, ' ']);
    }
}

// SAFETY: It has no callbacks.
unsafe impl Object for Told<'_> {
    unsafe fn register(&self, _at: &At) -> Result {
        if self.fails {
            self.tell('!');
            return Err(ENOMEM);
        }
        self.tell('+');
        Ok(())
    }

    unsafe fn close(&self, _at: &At) {
        self.tell('|');
    }

    unsafe fn unregister(&self, _at: &At) {
        self.tell('-');
    }
}

const NOWHERE: At = At {
    instance: NonNull::dangling(),
    bound: None,
};

/// Registers objects, of which the one called `failing` fails, and if none does takes them back.
fn life(failing: char) -> (Result, String) {
    let log = Mutex::new(String::new());
    let told = |name| Told {
        name,
        fails: name == failing,
        log: &log,
    };
    let (a, table, d) = (told('a'), [told('b'), told('c')], told('d'));
    let objects: [&dyn Object; 3] = [&a, &table, &d];
    let undo = |done: &[&dyn Object]| {
        let shut = || log.lock().unwrap().push_str("shut ");
        // SAFETY: They are registered, the last ones.
        unsafe { take_back(done, &NOWHERE, shut) };
    };
    // SAFETY: They are not registered.
    let registered = unsafe { register_all(&objects, &NOWHERE, undo) };
    if registered.is_ok() {
        undo(&objects);
    }
    let log = log.lock().unwrap().clone();
    (registered, log)
}

#[test]
fn all_gates_shut_before_the_first_object_goes() {
    let (registered, log) = life(' ');
    assert_eq!(registered, Ok(()));
    assert_eq!(log, "+a +b +c +d |a |b |c |d shut -d -c -b -a ");
}

#[test]
fn a_failure_is_undone_the_same_way() {
    for (failing, undone) in [
        ('a', "!a shut "),
        ('b', "+a !b |a shut -a "),
        ('c', "+a +b !c |b -b |a shut -a "),
        ('d', "+a +b +c !d |a |b |c shut -c -b -a "),
    ] {
        assert_eq!(life(failing), (Err(ENOMEM), undone.into()), "{failing}");
    }
}

#[test]
fn nobody_enters_closed_sections() {
    let sections = Sections::new();
    // SAFETY: They are new and stay, and are drained below.
    unsafe { sections.open() };
    // SAFETY: They are open.
    assert_eq!(unsafe { sections.enter(|| 1) }, Ok(1));
    // SAFETY: They are open.
    unsafe { sections.close() };
    // SAFETY: They were closed, and are there.
    assert_eq!(unsafe { sections.enter(|| 2) }, Err(ENODEV));
    // SAFETY: They are closed.
    unsafe { sections.drain() };
}
