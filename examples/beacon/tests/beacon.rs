// SPDX-License-Identifier: GPL-2.0-only
//! The lamp, played by the test.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use kmod_test::usb::{Answer, Control, UsbFunction};
use kmod_test::{Kmsg, UsbGadget, errno, load, until};

const EOPNOTSUPP: i32 = 95;
const ERANGE: i32 = 34;

/// What a lamp shows and how often it flashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shown {
    colours: [u8; 3],
    flash: u16,
}

/// A lamp of this product, of this version.
fn plug(product: u16, version: &'static [u8]) -> (UsbGadget, Arc<Mutex<Shown>>) {
    let shown = Arc::new(Mutex::new(Shown::default()));
    let lamp = shown.clone();
    let answers = move |control: &Control, _bytes: &[u8]| {
        let mut shown = lamp.lock().unwrap();
        match (control.kind, control.request) {
            (0xc0, 1) => return Answer::Bytes(version.to_vec()),
            (0x40, 2) => {
                let [red, green] = control.value.to_be_bytes();
                let [_, blue] = control.index.to_be_bytes();
                shown.colours = [red, green, blue];
            }
            (0x40, 3) => shown.flash = control.value,
            _ => return Answer::Stall,
        }
        Answer::Bytes(Vec::new())
    };
    let function = UsbFunction {
        ids: (0x1209, product),
        interfaces: vec![([0xff, 0, 0], vec![])],
        strings: ["The kmod developers", "Beacon", "B-0042"]
            .map(str::to_owned)
            .to_vec(),
    };
    (UsbGadget::plug(function, answers).unwrap(), shown)
}

fn led(colour: &str) -> String {
    format!("/sys/class/leds/beacon0:{colour}:status/brightness")
}

#[test]
fn it_shows_what_its_leds_say_and_goes_out_with_its_driver() {
    let module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let (gadget, shown) = plug(0xbeac, &[1, 7]);
    let colours = || shown.lock().unwrap().colours;
    log.until(|line| line.contains("version 1.7, serial number B-0042"));
    let flash = gadget.interface(0).join("flash");
    until(|| flash.exists());
    fs::write(led("red"), "255").unwrap();
    fs::write(led("blue"), "16").unwrap();
    // A worker of the kernel's sets it, a little later.
    until(|| colours() == [255, 0, 16]);
    assert_eq!(errno(fs::write(&flash, "5")), Err(EOPNOTSUPP));
    drop(module);
    assert_eq!(colours(), [0; 3]);
}

#[test]
fn it_flashes_if_it_can() {
    let _module = load(&[]).unwrap();
    let (gadget, shown) = plug(0xbead, &[2, 0]);
    let flash = gadget.interface(0).join("flash");
    until(|| flash.exists());
    fs::write(&flash, "5\n").unwrap();
    assert_eq!(shown.lock().unwrap().flash, 5);
    assert_eq!(errno(fs::write(&flash, "65536")), Err(ERANGE));
    gadget.unplug();
    until(|| !Path::new(&led("red")).exists());
}

#[test]
fn a_lamp_that_answers_too_little_is_not_bound() {
    let _module = load(&[]).unwrap();
    let mut log = Kmsg::mark().unwrap();
    let (gadget, _) = plug(0xbeac, &[1]);
    // EPROTO
    log.until(|line| line.contains("failed with error -71"));
    assert!(!gadget.interface(0).join("flash").exists());
}
