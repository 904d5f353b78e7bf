// SPDX-License-Identifier: GPL-2.0-only
//! Arrays of interrupts: each is told which one it is, and they come and go together.

mod support;

use std::fs;
use std::path::PathBuf;

use kmod_test::load;
use support::{ENODEV, ENOSPC, bind, bind_instead, devices, named, read};

/// The first device of this number.
fn device(number: &str) -> PathBuf {
    devices(number).remove(0)
}

#[test]
fn each_of_an_array_knows_which_one_it_is() {
    let module = load(&[]).unwrap();
    let switch = device("0x0006");
    bind("vm_irq_rocker", "unbind", &switch).unwrap();
    for _ in 0..3 {
        bind_instead("vm_irq_queues", &switch).unwrap();
        let names = ["other", "queues-0", "queues-1", "queues-2"];
        assert_eq!(
            named("vm_irq_queues"),
            names.map(|name| format!("vm_irq_queues-{name}"))
        );
        let lines = read(&switch, "lines");
        let lines: Vec<u32> = lines
            .split_whitespace()
            .map(|line| line.parse().unwrap())
            .collect();
        assert!(
            lines.len() == 3 && lines[0] < lines[1] && lines[1] < lines[2],
            "{lines:?}"
        );
        for (vectors, counts) in [
            ("2", "1 0 0 0"),
            ("8", "1 0 1 0"),
            ("14", "2 1 2 0"),
            ("15", "3 2 3 1"),
        ] {
            fs::write(switch.join("raise"), vectors).unwrap();
            assert_eq!(read(&switch, "counts"), counts, "{vectors}");
            assert_eq!(read(&switch, "threads"), counts, "{vectors}");
        }
        bind("vm_irq_queues", "unbind", &switch).unwrap();
        assert!(named("vm_irq_queues").is_empty());
    }
    drop(module);
}

#[test]
fn an_array_shares_the_only_line() {
    let module = load(&[]).unwrap();
    let card = device("0x11e8");
    bind("vm_irq_card", "unbind", &card).unwrap();
    bind_instead("vm_irq_pair", &card).unwrap();
    let names = ["0", "1"].map(|name| format!("vm_irq_pair-halves-{name}"));
    assert_eq!(named("vm_irq_pair"), names);
    for (raised, counts) in [("0x1", "1 0"), ("0x30000", "1 1"), ("0x10000", "1 2")] {
        fs::write(card.join("raise"), raised).unwrap();
        assert_eq!(read(&card, "counts"), counts, "{raised}");
    }
    drop(module);
    assert!(named("vm_irq_pair").is_empty());
}

#[test]
fn an_array_longer_than_the_device_has_is_refused() {
    let module = load(&[]).unwrap();
    let switch = device("0x0006");
    bind("vm_irq_rocker", "unbind", &switch).unwrap();
    // Old kernels tell who binds only that no driver took it.
    let many = bind_instead("vm_irq_array", &switch);
    assert!(matches!(many, Err(ENOSPC | ENODEV)), "{many:?}");
    assert!(named("vm_irq_array").is_empty());
    bind("vm_irq_rocker", "bind", &switch).unwrap();
    drop(module);
}
