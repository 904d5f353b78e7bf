// SPDX-License-Identifier: GPL-2.0-only
//! What was put in comes out again, of the module and its twin.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::thread;

use kmod_test::{Loaded, errno, load, load_twin};

const EINVAL: i32 = 22;

/// One `write(2)`.
fn write(name: &str, text: &[u8]) -> Result<usize, i32> {
    let device = OpenOptions::new().write(true).open(format!("/dev/{name}"));
    errno(device.unwrap().write(text))
}

/// One `read(2)`: the next one may be of another note.
fn read(name: &str) -> Vec<u8> {
    let mut device = File::open(format!("/dev/{name}")).unwrap();
    let mut text = vec![0; 8192];
    let length = device.read(&mut text).unwrap();
    text.truncate(length);
    text
}

fn sides() -> [(&'static str, Loaded); 2] {
    let password = &["password=sesame"];
    [
        ("strongbox", load(password).unwrap()),
        ("strongbox_c", load_twin(password).unwrap()),
    ]
}

#[test]
fn a_note_of_any_length_comes_out_again() {
    for (name, _module) in sides() {
        assert_eq!(read(name), b"", "{name}");
        for length in [1, 15, 16, 17, 100, 4095, 4096, 1] {
            let text: Vec<u8> = (0..length).map(|at| (at % 251) as u8 + 1).collect();
            assert_eq!(write(name, &text), Ok(length), "{name}");
            assert_eq!(read(name), text, "{name}");
        }
        assert_eq!(write(name, &[1; 4097]), Err(EINVAL), "{name}");
        assert_eq!(read(name), [1], "{name}");
    }
}

#[test]
fn without_a_password_there_is_a_key_too() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    for name in ["strongbox", "strongbox_c"] {
        write(name, b"a note").unwrap();
        assert_eq!(read(name), b"a note", "{name}");
    }
}

#[test]
fn nobody_reads_half_of_two_notes() {
    for (name, _module) in sides() {
        let writers = [b'a', b'b'].map(|letter| {
            thread::spawn(move || {
                for _ in 0..100 {
                    write(name, &[letter; 50]).unwrap();
                }
            })
        });
        for _ in 0..100 {
            let text = read(name);
            assert!(text.iter().all(|byte| *byte == text[0]), "{name}: {text:?}");
        }
        for writer in writers {
            writer.join().unwrap();
        }
    }
}
