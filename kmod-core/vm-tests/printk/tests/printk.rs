// SPDX-License-Identifier: GPL-2.0-only
//! The log, next to that of the same module in C.

use kmod_test::{Kmsg, Record, load, load_twin};

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
    let shown = |address| texts.iter().any(|text| text.contains(address));
    assert!(!shown("12345678") && !shown("1234567c"), "{texts:?}");
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
