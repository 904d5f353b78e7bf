// SPDX-License-Identifier: GPL-2.0-only
//! What a parameter has handed out stays as it is when `insmod` sets the parameter again.

use std::fs;

use kmod_test::{Kmsg, load, param, param_of};

/// The module's lines in the log after it was loaded with these parameters.
fn said(params: &[&str]) -> Vec<String> {
    // The first module since boot is told, in its name, that it taints the kernel.
    load(&[]).unwrap().unload().unwrap();
    let mut kmsg = Kmsg::mark().unwrap();
    load(params).unwrap().unload().unwrap();
    let lines = kmsg.lines().unwrap();
    let lines = lines.iter();
    lines
        .filter_map(|line| Some(line.strip_prefix("vm_given: ")?.to_owned()))
        .collect()
}

const DEFAULTS: &str = r#"text "bytes" room seen ["some", "words"] [1, 2]"#;

#[test]
fn a_default_stays() {
    let params = [
        "look=1",
        "peep=1",
        "text=A",
        "bytes=B",
        "room=C",
        "seen=D",
        "words=E,F",
        "numbers=7,8,9",
    ];
    let expected = [
        format!("0 {DEFAULTS}"),
        format!("1 {DEFAULTS}"),
        r#"last A "B" C D ["E", "F"] [7, 8, 9]"#.to_owned(),
    ];
    assert_eq!(said(&params), expected);
}

/// Given twice, with a look between and behind.
fn twice(first: &str, second: &str) -> Vec<String> {
    said(&[first, "look=1", second, "peep=1"])
}

macro_rules! kinds {
    ($($name:ident: $first:literal $second:literal => $seen:literal $last:literal;)*) => {$(
        #[test]
        fn $name() {
            let expected = [
                concat!("0 ", $seen).to_owned(),
                concat!("1 ", $last).to_owned(),
                concat!("last ", $last).to_owned(),
            ];
            assert_eq!(twice($first, $second), expected);
        }
    )*};
}

kinds! {
    a_text: "text=before-it-is-set-again" "text=afterwards" =>
        r#"before-it-is-set-again "bytes" room seen ["some", "words"] [1, 2]"#
        r#"afterwards "bytes" room seen ["some", "words"] [1, 2]"#;
    bytes: "bytes=before-it-is-set-again" "bytes=afterwards" =>
        r#"text "before-it-is-set-again" room seen ["some", "words"] [1, 2]"#
        r#"text "afterwards" room seen ["some", "words"] [1, 2]"#;
    a_text_with_room: "room=before-it-is-set-again" "room=afterwards" =>
        r#"text "bytes" before-it-is-set-again seen ["some", "words"] [1, 2]"#
        r#"text "bytes" afterwards seen ["some", "words"] [1, 2]"#;
    a_text_that_is_looked_at: "seen=before-it-is-set-again" "seen=afterwards" =>
        r#"text "bytes" room before-it-is-set-again ["some", "words"] [1, 2]"#
        r#"text "bytes" room afterwards ["some", "words"] [1, 2]"#;
    texts: "words=before,it,is-set-again" "words=afterwards" =>
        r#"text "bytes" room seen ["before", "it", "is-set-again"] [1, 2]"#
        r#"text "bytes" room seen ["afterwards"] [1, 2]"#;
    numbers: "numbers=3,4,5" "numbers=6" =>
        r#"text "bytes" room seen ["some", "words"] [3, 4, 5]"#
        r#"text "bytes" room seen ["some", "words"] [6]"#;
}

#[test]
fn sysfs_shows_what_was_given_last() {
    let module = load(&[
        "text=a",
        "text=b",
        "room=c",
        "room=d",
        "words=e",
        "words=f,g",
        "numbers=1",
        "numbers=2,3",
    ])
    .unwrap();
    let shown = ["text", "room", "words", "numbers", "live"].map(|name| param(name).unwrap());
    assert_eq!(shown, ["b", "d", "f,g", "2,3", "live"]);
    drop(module);
    param_of("vm_given", "text").unwrap_err();
}

/// 0 is `EINVAL`, by `insmod` and by a write; all else is as for the number without `NonZero`.
#[test]
fn what_is_never_zero() {
    for (value, errno) in [
        ("0", 22),
        ("-0x0", 22),
        ("x", 22),
        ("65536", 34),
        ("-1", 22),
    ] {
        let error = load(&[&format!("every={value}")]).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(errno), "{value}");
    }
    load(&["step=-0"]).unwrap_err();
    let module = load(&["every=0x10", "step=-010"]).unwrap();
    let shown = || ["every", "step"].map(|name| param(name).unwrap());
    assert_eq!(shown(), ["16", "-8"]);
    let mut kmsg = Kmsg::mark().unwrap();
    let write = |value| fs::write("/sys/module/vm_given/parameters/every", value);
    assert_eq!(write("0\n").unwrap_err().raw_os_error(), Some(22));
    write("300\n").unwrap();
    assert_eq!(shown(), ["300", "-8"]);
    let lines = kmsg.lines().unwrap();
    let said = [
        "vm_given: parameter `every`: `0` is refused (-EINVAL)",
        "vm_given: share 3",
    ];
    assert!(
        said.iter()
            .all(|said| lines.iter().any(|line| line == said)),
        "{lines:?}"
    );
    drop(module);
}

#[test]
fn a_refused_value_ends_insmod_and_what_was_kept() {
    for _ in 0..5 {
        let params = ["text=a", "look=1", "text=b", "numbers=1", "numbers=x"];
        load(&params).unwrap_err();
    }
}
