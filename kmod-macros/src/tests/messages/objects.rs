// SPDX-License-Identifier: GPL-2.0-only
//! Attributes of fields.

use super::{WHOLE, one};
use crate::tests::{NONE, fields, module};

#[test]
fn objects() {
    for (written, rule, help) in [
        (
            "#[cfg_attr(all(), kmod_core::chrdev)] a: A",
            "on every condition",
            "put `#[cfg(…)]` on the field",
        ),
        (
            "#[acpi_driver(ids = [\"ABCD\"])] a: A",
            "an ACPI id is a vendor",
            "`\"ABCD0001\"`",
        ),
        (
            "#[notifier] a: A",
            "says nothing",
            "add one of `reboot`, `module`",
        ),
        (
            "#[notifier(reboot, pm)] a: A",
            "told of one chain",
            "a field of its own",
        ),
        (
            "#[notifier(reboot = true)] a: A",
            "a word of its own",
            "write `reboot`",
        ),
        (
            "#[notifier(netdev)] a: A",
            "no key `netdev`",
            "did you mean `netdevice`?",
        ),
        (
            "#[i2c_driver(ids = [1])] a: A",
            "an id is a string",
            "write `ids = [\"lm75\"]`",
        ),
        (
            "#[i2c_driver(ids = [\"a\", \"a\"])] a: A",
            "this id already",
            "leave one of them out",
        ),
        (
            "#[spi_driver(ids = [1])] a: A",
            "an id is a string",
            "write `ids = [\"mcp3008\"]`",
        ),
        (
            "#[spi_driver] a: A",
            "has no `ids`",
            "add `ids = [\"mcp3008\"]`",
        ),
        (
            "#[i2c_driver(ids = [\"a\" => ])] a: A",
            "stands alone",
            "write `ids = [\"lm75\"]`",
        ),
        (
            "#[chrdev(mode = 644)] a: A",
            "in octal",
            "write `mode = 0o644`",
        ),
        (
            "#[chrdev(mode = 0o1777)] a: A",
            "permission bits",
            "write `mode = 0o777`",
        ),
        (
            "#[chrdev(perm = 0o644)] a: A",
            "no key `perm`",
            "did you mean `mode`?",
        ),
        (
            "#[chrdev(minors = 0)] a: A",
            "at least one minor",
            "write `minors = 1`",
        ),
        (
            "#[chrdev(minors = 1048577)] a: A",
            "1048576 minors",
            "or less",
        ),
        (
            "#[chrdev(minors = -1)] a: A",
            "takes a number",
            "write `minors = 4`",
        ),
        (
            "#[chrdev(name = \"\")] a: A",
            "not empty",
            "leave the key out",
        ),
        (
            "#[chrdev(name = \"/dev/a\")] a: A",
            "has no folder",
            "write `\"a\"`",
        ),
        (
            "#[chrdev(name = \"a b\")] a: A",
            "visible ASCII",
            "write `\"a_b\"`",
        ),
        (
            "#[chrdev(name = \"..\")] a: A",
            "cannot be called",
            "leave the key out",
        ),
        (
            "#[chrdev(name = \"a\\0\")] a: A",
            "visible ASCII",
            "write `\"a_\"`",
        ),
        ("#[chrdev] é: A", "visible ASCII", "write `\"_\"`"),
        (
            "#[chrdev(\"a\")] a: A",
            "keys with values",
            "its keys are `name`, `nodename`, `class`, `mode`, `capability`, `major`",
        ),
        (
            "#[chrdev = 3] a: A",
            "in parentheses",
            "write `#[chrdev(…)]`",
        ),
        (
            "#[chardev] a: A",
            "no attribute `chardev`",
            "did you mean `#[chrdev]`?",
        ),
        (
            "#[chrdev] #[sysctl(path = \"a/b\")] a: A",
            "is `#[chrdev]` already",
            "of its own",
        ),
        (
            "#[chrdev] a: A, #[chrdev(name = \"a\")] b: A",
            "a device `a` already",
            "different",
        ),
        (
            "#[chrdev] a: A, #[chrdev_region(name = \"a\")] b: A",
            "a device `a`",
            "different",
        ),
        (
            "#[chrdev_region(minors = 0)] a: A",
            "at least one minor",
            "write `minors = 1`",
        ),
        (
            "#[chrdev_region(name = \"/dev/a/b\")] a: A",
            "a device's name has no folder",
            "write `\"a_b\"`",
        ),
        (
            "#[filesystem(name = \"/dev/a/b\", magic = 1)] a: A",
            "a file system's name has no folder",
            "write `\"a_b\"`",
        ),
        (
            "#[chrdev(class = \"/dev/a/b\")] a: A",
            "a class's name has no folder",
            "write `\"a_b\"`",
        ),
        (
            "#[chrdev_region(mode = 0o600)] a: A",
            "no key `mode`",
            "its keys are",
        ),
        (
            "#[chrdev(mode = 0)] a: A",
            "a mode of 0",
            "leave the key out",
        ),
        (
            "#[chrdev(major = 0)] a: A",
            "one that is free",
            "leave the key out",
        ),
        (
            "#[chrdev(major = 10)] a: A",
            "all misc devices",
            "write `#[misc(minor",
        ),
        (
            "#[chrdev(major = 512)] a: A",
            "at most 511",
            "leave the key out",
        ),
        (
            "#[chrdev(first_minor = 1048575, minors = 2)] a: A",
            "1048576 minors",
            "write `first_minor = 1048574` or less",
        ),
        (
            "#[chrdev_region(first_minor = 1048576)] a: A",
            "1048576 minors",
            "write `first_minor = 1048575` or less",
        ),
        (
            "#[chrdev(class = \"a b\")] a: A",
            "a class's name",
            "write `\"a_b\"`",
        ),
        (
            "#[chrdev(name = \"/dev/a/b\")] a: A",
            "has no folder",
            "write `nodename = \"a/b\"`",
        ),
        (
            "#[chrdev(nodename = \"a\", minors = 2)] a: A",
            "several nodes",
            "write `\"a/{}\"`",
        ),
        (
            "#[chrdev(nodename = \"{}/{}\", minors = 2)] a: A",
            "the number once",
            "write `{}` once",
        ),
        (
            "#[chrdev(nodename = \"a{0}\")] a: A",
            "stand for the number",
            "write `{}`",
        ),
        (
            "#[chrdev(nodename = \"/dev/a/{}\")] a: A",
            "below `/dev`",
            "write `\"a/{}\"`",
        ),
        (
            "#[chrdev(nodename = \"../a//b\")] a: A",
            "names with a `/`",
            "write `\"a/b\"`",
        ),
        (
            "#[chrdev(nodename = \"\")] a: A",
            "names with a `/`",
            "leave the key out",
        ),
        (
            "#[chrdev(nodename = \"a b\")] a: A",
            "visible ASCII",
            "write `\"a_b\"`",
        ),
        (
            "#[chrdev(nodename = \"c\")] a: A, #[misc(nodename = \"c\")] b: A",
            "a node `c` already",
            "different",
        ),
        (
            "#[chrdev] a: A, #[misc(name = \"a\")] b: A",
            "a device `a` already",
            "different",
        ),
        (
            "#[misc(minor = 255)] a: A",
            "one that is free",
            "leave the key out",
        ),
        (
            "#[misc(minor = 300)] a: A",
            "less than 255",
            "leave the key out",
        ),
        (
            "#[misc(minors = 2)] a: A",
            "no key `minors`",
            "did you mean `minor`?",
        ),
        (
            "#[misc(nodename = \"a/{}\")] a: A",
            "has no number",
            "write `#[chrdev",
        ),
        (
            "#[misc(mode = 666)] a: A",
            "in octal",
            "write `mode = 0o666`",
        ),
        (
            "#[misk] a: A",
            "no attribute `misk`",
            "did you mean `#[misc]`?",
        ),
        ("#[sysctl] a: A", "has no `path`", "add `path = "),
        (
            "#[sysctl(path = 3)] a: A",
            "takes a string",
            "write `path = ",
        ),
        (
            "#[sysctl(name = \"a/b\")] a: A",
            "no key `name`",
            "did you mean `path`?",
        ),
        (
            "#[sysctl(path = \"a\")] a: A",
            "in a folder",
            "\"module/a\"",
        ),
        ("#[sysctl(path = \"\")] a: A", "in a folder", "ticket/step"),
        (
            "#[sysctl(path = \"a.b\")] a: A",
            "in a folder",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"/a/b\")] a: A",
            "neither begins nor ends",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"a/b/\")] a: A",
            "neither begins nor ends",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"/proc/sys/a/b\")] a: A",
            "below `/proc/sys`",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"a//b\")] a: A",
            "have a name between",
            "leave one",
        ),
        (
            "#[sysctl(path = \"a/../b\")] a: A",
            "goes down only",
            "the folder itself",
        ),
        (
            "#[sysctl(path = \"a/b c\")] a: A",
            "visible ASCII",
            "write `\"a/b_c\"`",
        ),
        (
            "#[sysctl(path = \"a/b\", mode = 0o755)] a: A",
            "executed",
            "write `mode = 0o644`",
        ),
        (
            "#[sysctl(path = \"a/b\", mode = 0)] a: A",
            "read or write",
            "0o644",
        ),
        (
            "#[sysctl(path = \"a/b\", min = 1)] a: A",
            "no key `min`",
            "did you mean `range`?",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 1..)] a: A",
            "two ends",
            "1..=100",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 9..=1)] a: A",
            "holds no value",
            "1..=9",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 0..=256)] a: AtomicU8",
            "256 is no value",
            "0 to 255",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 0..=1)] a: AtomicBool",
            "is a bool",
            "leave",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 0..=1)] a: SysctlString<8>",
            "is a string",
            "leave",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 0..=256)] a: KBox<[AtomicU8; 4]>",
            "256 is no value",
            "0 to 255",
        ),
        (
            "#[sysctl(path = \"a/b\", range = [0..=1, 0..=2])] a: [AtomicU8; 2]",
            "takes a range",
            "1..=100",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: u32",
            "cannot be a `u32`",
            "write `AtomicU32`",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: [isize; 1 + 2]",
            "cannot be a `isize`",
            "write `[AtomicIsize; 1 + 2]`",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: f64",
            "cannot be a `f64`",
            "atomic integer",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: &'static str",
            "cannot be a `str`",
            "SysctlString",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: [AtomicBool; 2]",
            "made of integers",
            "write `[AtomicU8; 2]` with `range = 0..=1`",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: [SysctlString<8>; 2]",
            "made of integers",
            "each string",
        ),
        (
            "#[sysctl(path = \"a/b\", format = binary)] a: A",
            "takes `hex` or `octal`",
            "write `format = hex`",
        ),
        (
            "#[sysctl(path = \"a/b\", format = hexa)] a: A",
            "takes `hex` or `octal`",
            "did you mean `hex`?",
        ),
        (
            "#[sysctl(path = \"a/b\", format = \"hex\")] a: A",
            "without quotes",
            "write `format = hex`",
        ),
        (
            "#[sysctl(path = \"a/b\", format = hex)] a: AtomicBool",
            "is a bool, and `format`",
            "leave `format` out",
        ),
        (
            "#[sysctl(path = \"a/b\", format = octal)] a: [AtomicI16; 2]",
            "is signed, and `format`",
            "make the field unsigned",
        ),
        (
            "#[sysctl(path = \"a/b\", format = hex, jiffies = ms)] a: AtomicU64",
            "in decimal",
            "leave `format` out",
        ),
        (
            "#[sysctl(path = \"a/b\", jiffies = hours)] a: A",
            "takes `seconds`, `user_hz` or `ms`",
            "write `jiffies = ms`",
        ),
        (
            "#[sysctl(path = \"a/b\", jiffies = ms)] a: [AtomicU32; 2]",
            "the kernel keeps jiffies",
            "make `a` an `[AtomicI32; 2]`",
        ),
        (
            "#[sysctl(path = \"a/b\", jiffies = seconds)] a: AtomicU64",
            "shows `seconds` of an `AtomicI32` only",
            "`jiffies = ms`",
        ),
        (
            "#[sysctl(path = \"a/b\", jiffies = ms, range = 1..=9)] a: AtomicI32",
            "no range of jiffies",
            "AtomicU64",
        ),
        (
            "#[sysctl(path = \"a/b\", unit = ms)] a: A",
            "no key `unit`",
            "did you mean `jiffies`?",
        ),
        (
            "#[sysctl(path = \"a/b\", handler = f)] a: A",
            "no key `handler`",
            "did you mean `on_change`?",
        ),
        (
            "#[sysctl(path = \"a/b\", on_change = |t| {})] a: A",
            "the name of a function",
            "write `on_change = ",
        ),
        (
            "#[sysctl(path = \"a/b\", on_change = Self::changed)] a: A",
            "`Self` stands for no type",
            "the struct's name",
        ),
        (
            "#[sysctl(path = \"a/b\", mode = 0o444, on_change = f)] a: A",
            "lets nobody write",
            "write `mode = 0o644`",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: A, #[sysctl(path = \"a/b\")] b: A",
            "already",
            "different",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: A, #[sysctl(path = \"a/b/c\")] b: A",
            "folder of",
            "paths",
        ),
        (
            "#[filesystem(name = \"a.b\")] a: A",
            "no `.`",
            "write `\"a_b\"`",
        ),
        (
            "#[filesystem(name = \"a b\")] a: A",
            "visible ASCII",
            "write `\"a_b\"`",
        ),
        (
            "#[filesystem(magic = 0x1_0000_0000)] a: A",
            "32 bits",
            "write `magic = 0x0`",
        ),
        (
            "#[filesystem] a: A, #[filesystem(name = \"a\")] b: A",
            "already",
            "different",
        ),
    ] {
        one(fields(written), rule, help);
    }
}

/// A parameter that says how many minors there are.
#[test]
fn minors_counted_by_a_parameter() {
    let reports = |param: &str, keys: &str| {
        let args = format!("{WHOLE}, params(/** How many */ {param})");
        module(&args, &format!("#[chrdev({keys})] a: A"))
    };
    let fits = "#[param(range = 1..=8)] n: u32 = 1";
    for attribute in ["chrdev", "chrdev_region"] {
        let field = format!("#[{attribute}(minors = n)] a: A");
        let args = format!("{WHOLE}, params(/** How many */ {fits})");
        assert_eq!(module(&args, &field), NONE);
    }
    for (param, keys, rule, help) in [
        (
            fits,
            "minors = m",
            "no parameter `m`",
            "#[param(range = 1..=8)] m: u32 = 1",
        ),
        (fits, "minors = n, nodename = \"a\"", "", ""),
        ("n: u32 = 1", "minors = n", "at least 1", "range = 1..=8"),
        (
            "#[param(range = 0..=8)] n: u32 = 1",
            "minors = n",
            "at least 1",
            "range = 1..=8",
        ),
        (
            "#[param(range = -1..=8)] n: i32 = 1",
            "minors = n",
            "at least 1",
            "range = 1..=8",
        ),
        (
            "#[param(range = 1..)] n: u32 = 1",
            "minors = n",
            "no such range",
            "at most 1048576",
        ),
        (
            "#[param(range = 1..=1048576)] n: u32 = 1",
            "minors = n, first_minor = 1",
            "no such range",
            "at most 1048575",
        ),
        (
            "#[param(range = 1..=8, perm = 0o644)] n: u32 = 1",
            "minors = n",
            "counted once",
            "write bits",
        ),
        ("n: bool = true", "minors = n", "not a number", "`u32`"),
    ] {
        one(reports(param, keys), rule, help);
    }
}
