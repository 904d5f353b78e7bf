// SPDX-License-Identifier: GPL-2.0-only
//! Lines are to user space what the twin's are, and go while they are held and used.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::gpio::flags::{ACTIVE_LOW, INPUT, OPEN_DRAIN, OPEN_SOURCE, OUTPUT};
use kmod_test::{GpioChip, Parity, errno, load, load_twin, param_of, rounds};

const EAGAIN: i32 = 11;
const ENODEV: i32 = 19;

/// The kernels of the table that do.
const GPIO_NAMES_CRASH: [(u32, u32); 1] = [(6, 1)];

/// The first two numbers of the kernel's release.
fn release() -> (u32, u32) {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap();
    let mut numbers = release.split('.').map(|number| number.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

/// The chip with this label.
fn chip(label: &str) -> GpioChip {
    let chip = GpioChip::labelled(label).unwrap();
    chip.unwrap_or_else(|| panic!("there is no chip {label}"))
}

/// Binds the driver's device, or unbinds it.
fn driver(what: &str) {
    let path = Path::new("/sys/bus/platform/drivers/vm_gpio").join(what);
    assert_eq!(errno(fs::write(path, "vm_gpio")), Ok(()));
}

/// How many lines are held, which are high, and which are outputs.
fn seen() -> [String; 2] {
    let ours = fs::read_to_string("/sys/devices/platform/vm_gpio/seen").unwrap();
    let twins = param_of("vm_gpio_c", "seen").unwrap();
    [ours, twins].map(|seen| seen.trim().to_owned())
}

/// All that can be done with a line, taken with these flags.
fn used(chip: &GpioChip, offset: u32, flags: u64, values: u64) -> Vec<Result<u64, i32>> {
    let mut did = Vec::new();
    match errno(chip.take(&[offset], flags, values)) {
        Err(error) => did.push(Err(error)),
        Ok(line) => {
            did.push(errno(chip.line(offset)).map(|line| line.flags));
            did.push(errno(line.get(1)));
            for value in [1, 0, 1] {
                did.push(errno(line.set(1, value)).map(|()| value));
                did.push(errno(line.get(1)));
            }
            for flags in [INPUT, OUTPUT, INPUT | OUTPUT, OUTPUT | ACTIVE_LOW, INPUT] {
                did.push(errno(line.configure(flags, 1)).map(|()| flags));
                did.push(errno(line.get(1)));
            }
            let again = chip.take(&[offset], INPUT, 0);
            did.push(errno(again).map(|_| 0));
        }
    }
    did
}

#[test]
fn lines_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for (what, lines) in [("", 8), ("_in", 2), ("_out", 2)] {
        let chips = ["vm_gpio", "vm_gpio_c"].map(|chip_of| chip(&format!("{chip_of}{what}")));
        let counts = chips.each_ref().map(|chip| chip.info().unwrap().1);
        assert_eq!(counts, [lines; 2]);
        for offset in 0..lines + 1 {
            let of = format!("line {offset} of {what:?}");
            let flags = chips.each_ref().map(|chip| errno(chip.line(offset)));
            let flags = flags.map(|line| line.map(|line| (line.consumer, line.flags)));
            parity.case(&of, flags);
            for flags in [0, INPUT, OUTPUT, INPUT | ACTIVE_LOW, OUTPUT | ACTIVE_LOW, 3] {
                for values in [0, 1] {
                    let did = chips
                        .each_ref()
                        .map(|chip| used(chip, offset, flags, values));
                    parity.case(format!("{of}: {flags} {values}"), did);
                    parity.case(format!("{of}: {flags} {values}: seen"), seen());
                }
            }
        }
        // Several lines at once.
        let all: Vec<u32> = (0..lines.min(5)).collect();
        for flags in [0, INPUT, OUTPUT] {
            let did = chips.each_ref().map(|chip| {
                let lines = errno(chip.take(&all, flags, 0b101))?;
                Ok([
                    errno(lines.get(0b11)),
                    errno(lines.set(0b11, 0b10)).map(|()| 0),
                    errno(lines.get(0b11)),
                    errno(lines.get(0)),
                ])
            });
            parity.case::<Result<_, i32>>(format!("all of {what:?}: {flags}"), did);
        }
    }
    // What C's twin with NULL in its place could be made to call.
    let plain = ["plain0", "vm_gpio_c_plain"].map(chip);
    for flags in [0, INPUT] {
        let did = plain.each_ref().map(|chip| used(chip, 0, flags, 1));
        parity.case(format!("a plain line: {flags}"), did);
    }
    parity.end();
}

#[test]
fn lines_have_their_names() {
    let _module = load(&[]).unwrap();
    let all = chip("vm_gpio");
    let names: Vec<_> = (0..8).map(|line| all.line(line).unwrap().name).collect();
    assert_eq!(names, ["vm-one", "", "vm-three", "", "", "", "", ""]);
    let line = all.take(&[0], OUTPUT, 1).unwrap();
    let info = all.line(0).unwrap();
    assert_eq!((info.consumer.as_str(), info.flags), ("test", 1 | OUTPUT));
    drop(line);
    assert_eq!(all.line(0).unwrap().consumer, "");
}

/// A line with an open drain, or an open source, is had as an input and an output by turns, also of a chip that has no
/// handler for one of them.
#[test]
fn a_chip_that_cannot_all_is_not_called_for_it() {
    let _module = load(&[]).unwrap();
    for label in ["vm_gpio_in", "vm_gpio_out", "plain0"] {
        let chip = chip(label);
        for drain in [OPEN_DRAIN, OPEN_SOURCE] {
            for first in [0, 1] {
                let Ok(line) = chip.take(&[0], OUTPUT | drain, first) else {
                    continue;
                };
                for value in [1, 0, 1, 0] {
                    let _ = line.set(1, value);
                    let _ = line.get(1);
                }
                for flags in [OUTPUT, OUTPUT | OPEN_DRAIN, OUTPUT | OPEN_SOURCE, INPUT] {
                    let _ = line.configure(flags, first);
                    for value in [1, 0, 1] {
                        let _ = line.set(1, value);
                    }
                }
            }
        }
    }
    // It can still be used.
    assert_eq!(
        errno(chip("vm_gpio_in").take(&[1], INPUT, 0).unwrap().get(1)),
        Ok(1)
    );
}

#[test]
fn a_module_whose_line_is_held_stays() {
    let module = load(&[]).unwrap();
    let line = chip("vm_gpio").take(&[2], OUTPUT, 1).unwrap();
    let (module, error) = module.unload().unwrap_err();
    assert_eq!(errno::<()>(Err(error)), Err(EAGAIN));
    assert_eq!(errno(line.get(1)), Ok(1));
    drop(line);
    drop(module);
}

#[test]
fn a_chip_that_is_open_outlives_its_module_and_names() {
    let module = load(&[]).unwrap();
    let open = [chip("vm_gpio"), chip("vm_gpio_out")];
    drop(module);
    let gone = |chips: &[GpioChip]| {
        for chip in chips {
            assert_eq!(errno(chip.line(0)), Err(ENODEV));
            assert_eq!(errno(chip.info()), Err(ENODEV));
            assert_eq!(errno(chip.take(&[0], INPUT, 0)).map(|_| ()), Err(ENODEV));
        }
    };
    gone(&open);
    // Each chip's names are compared with those of all that the kernel knows. Of one that has gone, some kernels know
    // nothing but a NULL, and end with the twin, whose names they compare.
    let _again = load(&[]).unwrap();
    let _twin = (!GPIO_NAMES_CRASH.contains(&release())).then(|| load_twin(&[]).unwrap());
    gone(&open);
    assert_eq!(chip("vm_gpio").line(0).unwrap().name, "vm-one");
}

/// What is held when a chip goes is looked at in `vm-gpio-held`: here all is given back in time.
#[test]
fn chips_go_while_they_are_open() {
    for turn in 0..rounds(6) {
        let module = load(&[]).unwrap();
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for label in ["vm_gpio", "vm_gpio_out", "vm_gpio_in"] {
                let stop = &stop;
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        if let Ok(Some(chip)) = GpioChip::labelled(label) {
                            for offset in [0, 1, 99] {
                                let _ = chip.line(offset);
                            }
                        }
                    }
                });
            }
            if turn % 2 == 1 {
                ["unbind", "bind"].into_iter().for_each(driver);
            }
            let unloaded = module.unload();
            stop.store(true, Ordering::Relaxed);
            unloaded.map_err(|(_, error)| error).unwrap();
        });
    }
}
