// SPDX-License-Identifier: GPL-2.0-only
//! LEDs of several colours: what user space sees of them, and what they are set to, is as of the twin's, and they go while
//! they are used.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Over, Parity, errno, load, load_twin, rounds, until};

const ENODEV: i32 = 19;

const MODULES: [&str; 2] = ["vm_colors", "vm_colors_c"];
const PLAIN: &str = ":rgb:plain";
const SLOW: &str = ":multi:slow";

fn path(of: usize, led: &str, file: &str) -> String {
    format!("/sys/class/leds/{}{led}/{file}", MODULES[of])
}

fn read(path: &str) -> Result<String, i32> {
    errno(fs::read_to_string(path))
}

/// With one `write(2)`.
fn write(path: &str, text: &str) -> Result<usize, i32> {
    let file = errno(OpenOptions::new().write(true).open(path));
    file.and_then(|mut file| errno(file.write(text.as_bytes())))
}

/// What each was set to last: three colours and two.
fn last(of: usize) -> Vec<String> {
    let text = match of {
        0 => read("/sys/module/vm_colors/last"),
        _ => read("/sys/module/vm_colors_c/parameters/last"),
    };
    let text = text.unwrap().replace(',', " ");
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn colours_are_mixed_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for file in [
        "multi_index",
        "multi_intensity",
        "max_brightness",
        "brightness",
    ] {
        for led in [PLAIN, SLOW] {
            let seen = [0, 1].map(|of| read(&path(of, led, file)));
            assert!(seen[0].is_ok(), "{led} {file}: {seen:?}");
            parity.case(format!("{led} {file}"), seen);
        }
    }
    assert_eq!(
        read(&path(0, PLAIN, "multi_index")).unwrap().trim(),
        "red green blue"
    );
    for (file, text) in [
        ("brightness", "255"),
        ("multi_intensity", "255 128 0"),
        ("brightness", "100"),
        ("multi_intensity", "1 2 3"),
        ("multi_intensity", "1 2"),
        ("multi_intensity", "1 2 3 4"),
        ("multi_intensity", "1 2 x"),
        ("multi_intensity", ""),
        ("multi_intensity", "-1 0 0"),
        ("multi_intensity", "256 0 0"),
        ("multi_intensity", "65535 65536 65537"),
        ("multi_intensity", "0x10 010 10"),
        ("brightness", "256"),
        ("brightness", "-1"),
        ("multi_intensity", "255 255 255"),
        ("brightness", "7"),
        ("brightness", "0"),
    ] {
        let of = format!("{file} <- {text:?}");
        parity.case(&of, [0, 1].map(|of| write(&path(of, PLAIN, file), text)));
        for file in ["brightness", "multi_intensity"] {
            parity.case(&of, [0, 1].map(|of| read(&path(of, PLAIN, file))));
        }
        parity.case(&of, [0, 1].map(|of| last(of)[..3].to_vec()));
    }
    // What sleeps is set by a work.
    for (intensity, brightness) in [
        ("31 8", "31"),
        ("31 8", "16"),
        ("3 9", "31"),
        ("31 31", "0"),
    ] {
        let set = |of: usize| {
            write(&path(of, SLOW, "brightness"), "1").unwrap();
            write(&path(of, SLOW, "multi_intensity"), intensity).unwrap();
            write(&path(of, SLOW, "brightness"), brightness).unwrap();
        };
        set(0);
        set(1);
        until(|| last(0)[3..] == last(1)[3..] && last(0)[3] != "777");
    }
    parity.end();
}

#[test]
fn it_is_turned_off_when_it_goes() {
    let module = load(&[]).unwrap();
    for led in [PLAIN, SLOW] {
        let all = if led == PLAIN { "9 9 9" } else { "9 9" };
        write(&path(0, led, "multi_intensity"), all).unwrap();
        write(&path(0, led, "brightness"), "31").unwrap();
    }
    until(|| last(0)[..3] != ["0", "0", "0"] && last(0)[3..] == ["9", "9"]);
    let mut open = File::open(path(0, PLAIN, "multi_intensity")).unwrap();
    write("/sys/bus/platform/drivers/vm_colors/unbind", "vm_colors").unwrap();
    assert_eq!(last(0), ["0"; 5]);
    assert!(!Path::new(&path(0, PLAIN, "multi_intensity")).exists());
    assert_eq!(errno(open.read(&mut [0; 8])), Err(ENODEV));
    assert_eq!(
        read(&path(0, ":module", "multi_index")).unwrap().trim(),
        "ir"
    );
    drop(module);
}

#[test]
fn the_kernel_blinks_it_in_colours() {
    let _module = load(&[]).unwrap();
    for (led, all, at) in [(PLAIN, "255 255 255", 0), (SLOW, "31 31", 3)] {
        write(&path(0, led, "multi_intensity"), all).unwrap();
        write(&path(0, led, "brightness"), "31").unwrap();
        write(&path(0, led, "trigger"), "timer").unwrap();
        for file in ["delay_on", "delay_off"] {
            write(&path(0, led, file), "1").unwrap();
        }
        for is_lit in [true, false, true] {
            until(|| (last(0)[at] == "31") == is_lit);
        }
    }
}

#[test]
fn they_go_under_readers_and_writers() {
    for _ in 0..rounds(4) {
        let module = load(&[]).unwrap();
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let _over = Over(&over);
            for (led, file, texts) in [
                (PLAIN, "multi_intensity", ["1 2 3", "200 0 9"]),
                (SLOW, "multi_intensity", ["1 2", "31 0"]),
                (SLOW, "brightness", ["31", "3"]),
                (PLAIN, "trigger", ["timer", "none"]),
            ] {
                let over = &over;
                scope.spawn(move || {
                    while !over.load(Ordering::Relaxed) {
                        for text in texts {
                            // The files go. The kernel makes the lock of a trigger's reader after the file of it:
                            // one who reads that of an LED that comes breaks the lock, in C, too.
                            if file != "trigger" {
                                let _ = read(&path(0, led, file));
                            }
                            let _ = write(&path(0, led, file), text);
                        }
                    }
                });
            }
            for how in ["unbind", "bind", "unbind", "bind"] {
                write(
                    &format!("/sys/bus/platform/drivers/vm_colors/{how}"),
                    "vm_colors",
                )
                .unwrap();
            }
            drop(module);
        });
    }
}
