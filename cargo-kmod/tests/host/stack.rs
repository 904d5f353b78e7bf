// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's stack: functions that call each other without a bound, and chains of calls that take
//! too much, end the build.

use std::fs;
use std::path::Path;

use crate::ko::{Ko, PLAIN};
use crate::support::{Said, kmod};

/// A crate with these items, built; its device drops an `All` when it is read.
fn build(name: &str, items: &str) -> Said {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", name]).run();
    let krate = folder.path().join(name);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();
    let source = format!(
        "#![no_std]\n\
         #![forbid(unsafe_code)]\n\
         use kmod_core::prelude::*;\n\
         /// Drops what is written to it\n\
         #[kernel_module(name = \"{name}\", license = \"GPL\")]\n\
         #[derive(Default)]\n\
         struct Module {{\n\
         #[misc(name = \"{name}\")]\n\
         device: Device,\n\
         }}\n\
         #[derive(Default)]\n\
         struct Device(Mutex<Option<All>>);\n\
         #[file_operations]\n\
         impl FileOperations for Device {{\n\
         fn write(&self, _: &File<'_, Self>, from: &mut UserReader<'_>, _: u64) -> Result {{\n\
         *self.0.lock() = Some(All::make(from.parse()?)?);\n\
         Ok(())\n\
         }}\n\
         }}\n\
         {items}"
    );
    fs::write(krate.join("src/lib.rs"), source).unwrap();
    // What the framework's own modules need is not compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    kmod(&krate, &["build"])
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run()
}

#[test]
fn a_list_of_boxes_a_big_table_and_an_event_within_itself_are_refused() {
    let said = build(
        "stack_boxes",
        "struct All { next: Option<KBox<All>> }\n\
         impl All {\n\
         fn make(n: u32) -> Result<All> {\n\
         let mut list = All { next: None };\n\
         let n = if n > 7 { big(n) } else { traced(n) };\n\
         for _ in 0..n { list = All { next: Some(KBox::new(list, GFP_KERNEL)?) }; }\n\
         Ok(list)\n\
         }\n\
         }\n\
         #[inline(never)]\n\
         fn big(n: u32) -> u32 {\n\
         let mut table = [n; 700];\n\
         for i in 1..n as usize { table[i % 700] = table[(i + 1) % 700].rotate_left(n); }\n\
         table[n as usize % 700]\n\
         }\n\
         #[trace_event]\n\
         struct Turn { n: u32 }\n\
         fn traced(n: u32) -> u32 {\n\
         Turn::trace(|| Turn { n: traced(n + 1) });\n\
         n\n\
         }\n",
    );
    assert_ne!(said.code, 0, "{said:?}");
    for words in [
        "error[recursion]: the function calls itself: core::ptr::drop_in_place::<",
        "stack_boxes::All",
        "\n= help: ",
        "kmod_core::alloc::List",
        "bounded_recursion!",
        "stack_boxes::traced",
        "error[stack-frame]: the function takes 28",
        " bytes of stack; CONFIG_FRAME_WARN is 2048\n  --> stack_boxes::big+0x0",
    ] {
        assert!(said.err.contains(words), "no {words:?} in {said:?}");
    }
}

#[test]
fn a_list_and_what_has_a_bound_are_built() {
    let said = build(
        "stack_bounded",
        "struct All { flat: List<u32>, tree: Option<KBox<Tree>> }\n\
         struct Tree { sons: List<Tree> }\n\
         kmod_core::bounded_recursion!(Tree, levels = 4, \"`make` makes four\");\n\
         kmod_core::bounded_recursion!(grow, levels = 4, \"it counts down from four\");\n\
         #[inline(never)]\n\
         fn grow(levels: u32, n: u32) -> Result<Tree> {\n\
         let mut sons = List::new();\n\
         for _ in 0..n {\n\
         if let Some(left) = levels.checked_sub(1) { sons.push_front(grow(left, n)?, GFP_KERNEL)?; }\n\
         }\n\
         Ok(Tree { sons })\n\
         }\n\
         impl All {\n\
         fn make(n: u32) -> Result<All> {\n\
         let mut flat = List::new();\n\
         for i in 0..n { flat.push_back(i, GFP_KERNEL)?; }\n\
         Ok(All { flat, tree: Some(KBox::new(grow(3, n.min(3))?, GFP_KERNEL)?) })\n\
         }\n\
         }\n",
    );
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn functions_that_call_each_other_are_named() {
    let said = build(
        "stack_circle",
        "struct All(u32);\n\
         #[inline(never)]\n\
         fn even(n: u32) -> Result<u32> { if n == 0 { Ok(1) } else { Ok(odd(n - 1)?.wrapping_mul(3)) } }\n\
         #[inline(never)]\n\
         fn odd(n: u32) -> Result<u32> { if n == 0 { Err(EINVAL) } else { Ok(even(n - 1)? ^ n) } }\n\
         impl All { fn make(n: u32) -> Result<All> { Ok(All(even(n)?)) } }\n",
    );
    assert_ne!(said.code, 0, "{said:?}");
    let ways = [
        "stack_circle::even -> stack_circle::odd -> stack_circle::even",
        "stack_circle::odd -> stack_circle::even -> stack_circle::odd",
    ];
    assert!(ways.iter().any(|way| said.err.contains(way)), "{said:?}");
}

/// C functions, each with 1,500 bytes of its own, that call each other in a row.
fn chain(functions: u32) -> Ko {
    let mut source = PLAIN.to_owned() + "static noinline int f0(char *p) { return p[0]; }\n";
    for number in 1..=functions {
        source += &format!(
            "static noinline int f{number}(char *p)\n{{\n\tchar own[1500];\n\
             \tOPTIMIZER_HIDE_VAR(p);\n\tmemcpy(own, p, sizeof(own));\n\
             \treturn f{}(own) + own[7];\n}}\n",
            number - 1
        );
    }
    source +=
        &format!("int first(char *p);\nint first(char *p) {{ return f{functions}(p) + 1; }}\n");
    Ko::c(&source)
}

#[test]
fn a_chain_of_calls_that_takes_too_much() {
    let said = chain(3).verify();
    assert_eq!(said.code, 0, "{said:?}");
    let said = chain(7).verify();
    assert_eq!(said.code, 1, "{said:?}");
    for words in [
        "\"stack-depth\"",
        "of which a module gets 8192: first (",
        "f6 (15",
    ] {
        assert!(said.out.contains(words), "no {words:?} in {said:?}");
    }
    assert!(!said.out.contains("\"rule\": \"stack-frame\""), "{said:?}");
}

#[test]
fn an_entry_point_takes_what_its_deepest_call_takes() {
    let of = |functions| kmod_verify::stacks_of(&chain(functions).path()).unwrap();
    let (three, one) = (of(3), of(1));
    for (stacks, least) in [(&three, 2 * 1500), (&one, 0)] {
        let (name, bytes) = &stacks[0];
        assert_eq!(name, "first");
        assert!((least..least + 300).contains(bytes), "{stacks:?}");
        assert!(!stacks.iter().any(|(name, _)| name == "f1"), "{stacks:?}");
    }
}
