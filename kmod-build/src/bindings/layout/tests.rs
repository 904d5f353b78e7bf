// SPDX-License-Identifier: GPL-2.0-only
//! The comparison of the bindings with C's own view of the types finds each difference, and none
//! where there is none: with the real bindgen and the host's C compiler.

use std::collections::BTreeSet;

use super::{CNames, probe, prove};

const HEADER: &str = "
    struct inner { char c; long l; };
    typedef struct { int bare; } bare_t;
    typedef struct { int name; } OtherName;
    struct tagged_t { int tag; };
    union either { int i; struct inner inner; };
    struct outer {
        int first;
#ifdef WRONG
        long more;
#endif
        union { int x; struct { char y; short z; }; };
        struct { char skipped; int deep; } named[3];
        struct { char before; int far; } *pointed;
        bare_t bare;
        OtherName other;
        struct tagged_t tagged;
        union either either;
        unsigned bits : 3;
        int type;
        int pad_;
        struct outer *next;
    } __attribute__((aligned(32)));
";

/// What is said when bindgen reads the header with `clang` and C with `cc`.
fn compare(clang: &[&str], cc: &[&str]) -> Result<String, String> {
    let names = CNames::default();
    let bindings = bindgen::Builder::default()
        .header_contents("header.h", HEADER)
        .clang_args(clang)
        .allowlist_type("outer")
        .formatter(bindgen::Formatter::None)
        .parse_callbacks(Box::new(names.clone()))
        .generate()
        .expect("bindgen reads the header")
        .to_string();
    let file = syn::parse_file(&bindings).expect("it is Rust");
    let probe = probe(&file, &names, &BTreeSet::new());
    // Each kind of type and field is asked about.
    for asked in [
        "sizeof(struct outer)",
        "sizeof(bare_t)",
        "sizeof(union either)",
        "_Alignof(struct outer)",
        "offsetof(struct outer, z)",
        "offsetof(struct outer, type)",
        "offsetof(struct outer, pad_)",
        "->named[0]), deep)",
        "->pointed), far)",
    ] {
        assert!(probe.c.contains(asked), "{asked} is not in\n{}", probe.c);
    }
    let flags: Vec<String> = cc.iter().map(ToString::to_string).collect();
    prove("cc", &flags, HEADER, &bindings, &names)
}

#[test]
fn compilers_that_agree_have_nothing_to_say() {
    let rust = compare(&[], &[]).expect("both are the same");
    // rustc compares the rest.
    for (way, offset) in [
        ("__bindgen_anon_1.x", 4),
        ("__bindgen_anon_1.__bindgen_anon_1.z", 6),
    ] {
        let compared = format!("[::core::mem::offset_of!(outer, {way}) - {offset}usize]");
        assert!(rust.contains(&compared), "no {compared} in\n{rust}");
    }
    let rust = compare(&["-DWRONG"], &["-DWRONG"]).expect("both are wrong");
    assert!(rust.contains("__bindgen_anon_1.x) - 16usize"), "{rust}");
}

#[test]
fn a_type_that_differs_is_named_with_its_fields() {
    let said = compare(&[], &["-DWRONG"]).expect_err("it differs");
    for word in [
        "the field outer::named",
        "the field outer::either",
        "the field outer::next",
    ] {
        assert!(said.contains(word), "no {word:?} in {said}");
    }
    for word in ["outer::first", "inner::l", "bare_t"] {
        assert!(!said.contains(word), "{word:?} is in {said}");
    }
}

#[test]
fn flags_that_change_a_layout_are_noticed() {
    // What -fpack-struct does to every type, a flag for one compiler only could do.
    let said = compare(&[], &["-fpack-struct=1"]).expect_err("it differs");
    assert!(said.contains("the field inner::l"), "{said}");
}

#[test]
fn a_comparison_that_does_not_compile_is_no_agreement() {
    let names = CNames::default();
    let said = prove("cc", &[], "struct unknown_yet x;", "", &names).expect_err("it is no C");
    assert!(said.contains("cannot compile the comparison"), "{said}");
    let said = prove("no-such-compiler", &[], "", "", &names).expect_err("it is not there");
    assert!(said.contains("cannot start no-such-compiler"), "{said}");
}
