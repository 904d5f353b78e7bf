// SPDX-License-Identifier: GPL-2.0-only
//! The log, next to that of the same module in C.

use std::fs;

use kmod_test::{Kmsg, Parity, Record, config, load, load_named, load_twin};

/// What both modules log, with the module's name taken off.
fn logs(params: &[&str]) -> [Vec<(u8, String)>; 2] {
    // The first module since boot is told to taint the kernel, in its name.
    drop(load_twin(&[]).unwrap());
    drop(load(&[]).unwrap());
    let mut kmsg = Kmsg::mark().unwrap();
    let mut log = |name: &str| {
        let of_module = |record: Record| {
            let text = record.text.strip_prefix(name)?.strip_prefix(": ")?;
            Some((record.level, text.to_owned()))
        };
        kmsg.records()
            .unwrap()
            .into_iter()
            .filter_map(of_module)
            .collect()
    };
    let rust = load(params).unwrap();
    let rust = (log("vm_printk"), rust).0;
    let c = load_twin(params).unwrap();
    let c = (log("vm_printk_c"), c).0;
    [rust, c]
}

#[test]
fn it_logs_what_c_logs() {
    let [rust, c] = logs(&[]);
    assert_eq!(rust, c);
    let texts: Vec<&str> = rust.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts[..3], ["", "one", "100% %s {}"]);
    assert_eq!(texts[3], "-1 18446744073709551615 c");
    // A kernel that checks its objects from the start shows addresses as they are, for its reports.
    let are_shown = config("SLUB_DEBUG_ON").unwrap().is_some();
    for address in ["12345678", "1234567c"] {
        let is_shown = texts.iter().any(|text| text.contains(address));
        assert_eq!(is_shown, are_shown, "{address} in {texts:?}");
    }
    assert_eq!(texts.last(), Some(&"ports: 1 2"));
    let levels: Vec<u8> = rust
        .iter()
        .filter(|(_, text)| text.starts_with("level"))
        .map(|(level, _)| *level)
        .collect();
    assert_eq!(
        levels,
        [0, 1, 2, 3, 4, 5, 6],
        "each level once, and no pr_debug"
    );
}

#[test]
fn long_lines_are_cut_as_the_kernel_cuts_them() {
    for length in [900, 940, 960, 1000, 1024] {
        let text = format!("text={}", "x".repeat(length));
        let [rust, c] = logs(&[&text]);
        assert_eq!((rust.len(), c.len()), (3, 3), "{length}");
        let whole = |line: &(u8, String), name: &str| name.len() + ": ".len() + line.1.len();
        let by_printk = whole(&rust[0], "vm_printk");
        assert_eq!(by_printk, whole(&rust[1], "vm_printk"), "by fmt, {length}");
        // The twin's name is two bytes longer.
        let in_c = whole(&c[0], "vm_printk_c");
        let wanted = "vm_printk: ".len() + length;
        assert_eq!(by_printk, in_c.min(wanted), "{length}");
    }
}

const BOTH: [&str; 2] = ["vm_printk", "vm_printk_c"];

/// Tells dynamic debug of a module.
fn control(name: &str, what: &str) -> std::io::Result<()> {
    fs::write(
        "/proc/dynamic_debug/control",
        format!("module {name} {what}"),
    )
}

/// Has the module log once more, and returns what it logged, with its name as one.
fn again(kmsg: &mut Kmsg, name: &str, what: u32) -> Vec<(u8, String)> {
    fs::write(format!("/proc/{name}"), what.to_string()).unwrap();
    new(kmsg)
}

/// What was logged since.
fn new(kmsg: &mut Kmsg) -> Vec<(u8, String)> {
    let records = kmsg.records().unwrap();
    let record = |record: Record| {
        (
            record.level,
            record.text.replace("vm_printk_c", "vm_printk"),
        )
    };
    records.into_iter().map(record).collect()
}

/// The places of a module: function, flags and, of what stands in quotes, the text.
fn places(name: &str) -> Vec<String> {
    let all = fs::read_to_string("/proc/dynamic_debug/control").unwrap();
    let mut places: Vec<String> = all
        .lines()
        .filter_map(|line| line.split_once(&format!(" [{name}]")))
        .map(|(_, place)| place.replace("vm_printk_c: ", "").replace("\\012", ""))
        .collect();
    places.sort();
    places
}

#[test]
fn places_are_switched_on_and_off_as_in_c() {
    let mut parity = Parity::default();
    let results = BOTH.map(|name| {
        let _module = load_named(name, &[]).unwrap();
        let mut kmsg = Kmsg::mark().unwrap();
        let mut all = vec![again(&mut kmsg, name, 1)];
        assert_eq!(all[0], [], "{name}: all are off at first");
        for what in [
            "+p",
            "func debug +flm",
            "line 1-9999 -flm",
            "-p",
            "func debug +p",
        ] {
            control(name, what).unwrap();
            let lines = again(&mut kmsg, name, 1);
            println!("{name} {what}: {lines:?}");
            all.push(lines);
        }
        all
    });
    // Of what is not asked for, the arguments are not evaluated.
    assert!(
        results[0][1][0].1.ends_with("first 1"),
        "{:?}",
        results[0][1]
    );
    assert!(
        results[0][5][0].1.ends_with("first 4"),
        "{:?}",
        results[0][5]
    );
    assert!(results[0][4].is_empty());
    let [rust, c] = results;
    let lines = |of: &[Vec<(u8, String)>]| -> Vec<usize> { of.iter().map(Vec::len).collect() };
    assert_eq!(lines(&rust), [0, 4, 4, 4, 0, 4]);
    // With flags, the lines' numbers stand before the text, and the sources are not the same.
    let without = |mut all: Vec<Vec<(u8, String)>>| {
        for (_, text) in &mut all[2] {
            if let Some((before, after)) = text.split_once(": vm_printk: ") {
                let words = before.trim_end_matches(|c: char| c.is_ascii_digit());
                *text = format!("{words}N: {after}");
            }
        }
        all
    };
    let results = [rust, c].map(without);
    println!("{:?}", results[0][2]);
    parity.case("the lines", results);
    parity.end();
}

#[test]
fn places_are_listed_with_their_functions() {
    let module = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    let (rust, c) = (places("vm_printk"), places("vm_printk_c"));
    println!("{rust:#?}\n{c:#?}");
    let functions = |places: &[String]| -> Vec<String> {
        let words = places.iter().filter_map(|place| place.split_once(" \""));
        let words = words.map(|(before, _)| before.replace("vm_printk_init", "init"));
        let mut words: Vec<String> = words.collect();
        words.sort();
        words
    };
    assert_eq!(functions(&rust), functions(&c));
    assert_eq!(rust.len(), 6);
    let file = fs::read_to_string("/proc/dynamic_debug/control").unwrap();
    assert!(file.contains("vm-tests/printk/src/lib.rs:"), "the file");
    drop(module);
    assert!(places("vm_printk").is_empty(), "they go with the module");
}

#[test]
fn what_is_too_often_is_left_out_as_in_c() {
    let mut parity = Parity::default();
    let results = BOTH.map(|name| {
        let _module = load_named(name, &[]).unwrap();
        let mut kmsg = Kmsg::mark().unwrap();
        [again(&mut kmsg, name, 2), again(&mut kmsg, name, 3)]
    });
    println!("{:?}", results[0]);
    let [seldom, dump] = &results[0];
    assert_eq!(seldom.len(), 11, "{seldom:?}");
    assert_eq!(seldom[0], (4, "vm_printk: once 0".to_owned()));
    assert_eq!(seldom[1], (5, "vm_printk: limited 0".to_owned()));
    assert_eq!(dump.len(), 2, "{dump:?}");
    parity.case("seldom", results);
    parity.end();
}

#[test]
fn a_device_is_named_as_in_c() {
    let mut parity = Parity::default();
    let results = BOTH.map(|name| {
        let _module = load_named(name, &["dyndbg=+p"]).unwrap();
        let mut kmsg = Kmsg::mark().unwrap();
        let driver = format!("/sys/bus/platform/drivers/{name}");
        fs::write(format!("{driver}/unbind"), name).unwrap();
        fs::write(format!("{driver}/bind"), name).unwrap();
        // That dynamic debug is told of the module may be logged, too.
        let mut lines = new(&mut kmsg);
        lines.retain(|(_, text)| text.contains("bound"));
        lines
    });
    println!("{:?}", results[0]);
    assert_eq!(results[0].len(), 3, "{:?}", results[0]);
    assert_eq!(
        results[0][0],
        (6, "vm_printk vm_printk: bound 1".to_owned())
    );
    parity.case("lines", results);
    parity.end();
}
