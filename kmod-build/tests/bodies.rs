// SPDX-License-Identifier: GPL-2.0-only
//! A function that comes to a jump or to `asm` is found in what the host's C compiler makes of it,
//! and nothing else is taken for one.

use std::collections::HashMap;

use kmod_build::arch::Arch;
use kmod_build::helpers::{Body, assembly, bodies};

const PRELUDE: &str = "
    void other(int *p);
    int answer(int *p);
    static int here;
    static __attribute__((noipa)) int own(int *p) { return *p + 1; }
";

/// What is found in functions of one argument, `p`.
fn found(functions: &[(&str, &str)], flags: &[&str]) -> HashMap<String, Body> {
    let all = ["-O2", "-fno-asynchronous-unwind-tables", "-fno-pie"];
    let all = Vec::from_iter(all.iter().chain(flags).map(ToString::to_string));
    let text = functions
        .iter()
        .map(|(name, body)| format!("int {name}(int *p) {{ {body} }}\n"));
    let source = PRELUDE.to_owned() + &String::from_iter(text);
    let text = assembly("cc", &all, &source).expect("there is a compiler");
    let arch = Arch::host().assembly.as_ref();
    bodies(&text.expect("it compiles"), arch.expect("it is known"))
}

/// What kernels are compiled with, too.
const DEFENCES: [&[&str]; 3] = [
    &[],
    &["-mharden-sls=all"],
    &[
        "-fcf-protection=branch",
        "-mfunction-return=thunk-extern",
        "-mindirect-branch=thunk-extern",
        "-mharden-sls=all",
        "-fpatchable-function-entry=16,16",
    ],
];

#[test]
fn a_jump_is_found() {
    for flags in DEFENCES {
        let found = found(&[("jumps", "return answer(p);")], flags);
        let jump = Body::Jump("answer".to_owned());
        assert_eq!(found.get("jumps"), Some(&jump), "{flags:?}");
    }
}

#[test]
fn asm_alone_is_found() {
    let site = r#"
        asm volatile("771: call *%c1; 772:\n.pushsection .sites,\"a\"\n.quad 771b\n.popsection"
                     : : "D" (p), "i" (other) : "memory", "rax", "cc");
        asm volatile("nop");"#;
    for flags in DEFENCES {
        let found = found(&[("site", site)], flags);
        let Some(Body::Asm(text)) = found.get("site") else {
            panic!("{flags:?}: {found:?}");
        };
        // All of it, and nothing of the compiler's own.
        let expected = "771: call *other; 772:\n.pushsection .sites,\"a\"\n.quad 771b\n.popsection\n\
                        nop\n";
        assert_eq!(text, expected, "{flags:?}");
    }
}

#[test]
fn what_does_more_is_called() {
    let functions = [
        ("nothing", ""),
        ("jumps_to_its_own", "return own(p);"),
        (
            "jumps_elsewhere",
            "return ((int (*)(int *))*(void **)p)(p);",
        ),
        ("calls", "return answer(p) + 1;"),
        ("changes_the_argument", "return answer(p + 1);"),
        (
            "jumps_after_asm",
            "asm volatile(\"nop\"); return answer(p);",
        ),
        ("stores_first", "*p = 0; asm volatile(\"nop\");"),
        ("stores_then", "asm volatile(\"nop\"); *p = 0;"),
        (
            "takes_it_elsewhere",
            "asm volatile(\"movl $0, (%0)\" : : \"a\" (p));",
        ),
        ("spoils_a_register", "asm volatile(\"nop\" : : : \"rbx\");"),
        ("has_a_label", "asm volatile(\"label: nop\");"),
        ("has_a_label_later", "asm volatile(\"nop; label: nop\");"),
        (
            "jumps_within",
            "asm goto(\"jmp %l0\" : : : : out); *p = 1; out:",
        ),
        (
            "jumps_to_its_end",
            "asm goto(\"jmp %l0\" : : : : out); out:",
        ),
        (
            "knows_its_source",
            "asm volatile(\"incl %0\" : : \"m\" (here));",
        ),
        (
            "loops",
            "asm volatile(\"nop\"); while (*(volatile int *)p);",
        ),
    ];
    for flags in DEFENCES {
        let found = found(&functions, flags);
        assert_eq!(found, HashMap::new(), "{flags:?}");
    }
}

/// What gcc 12 makes for Debian's 6.1 on arm64, of functions of the helpers.
const ARM64: &str = "
unlocks:
\t.section\t__patchable_function_entries,\"awo\",@progbits,unlocks
\t.align\t3
\t.8byte\t.LPFE1
\t.section\t.text.unlocks
.LPFE1:
\tnop
\tnop
\thint\t25 // paciasp
\tmov\tw1, 0
#APP
// 128 \"include/asm-generic/qspinlock.h\" 1
\tstlrb w1, [x0]
\tnop
// 0 \"\" 2
#NO_APP
\thint\t29 // autiasp
\tret
\t.size\tunlocks, .-unlocks
reads:
.L35:
\thint\t25 // paciasp
#APP
\tldr w0, [x0]
\tdmb oshld
#NO_APP
\tuxtw\tx1, w0
#APP
\teor\tx1, x1, x1
cbnz\tx1, .
#NO_APP
\thint\t29 // autiasp
\tret
\t.size\treads, .-reads
jumps_back:
.L36:
#APP
\tcbnz x0, .L36
#NO_APP
\tret
\t.size\tjumps_back, .-jumps_back
calls:
\tnop
\tnop
\thint\t25 // paciasp
\tstp\tx29, x30, [sp, -16]!
\tmov\tx29, sp
\tbl\t__alloc_percpu
\tldp\tx29, x30, [sp], 16
\thint\t29 // autiasp
\tret
\t.size\tcalls, .-calls
calls_with_another:
\tstp\tx29, x30, [sp, -16]!
\tmov\tx29, sp
\tmov\tw1, 8
\tbl\t__alloc_percpu
\tldp\tx29, x30, [sp], 16
\tret
\t.size\tcalls_with_another, .-calls_with_another
calls_twice:
\tstp\tx29, x30, [sp, -16]!
\tmov\tx29, sp
\tbl\tone
\tbl\tother
\tldp\tx29, x30, [sp], 16
\tret
\t.size\tcalls_twice, .-calls_twice
keeps_a_register:
\tstr\tx19, [sp, -16]!
#APP
\tmov x19, x0
#NO_APP
\tldr\tx19, [sp], 16
\tret
\t.size\tkeeps_a_register, .-keeps_a_register
has_what_is_not_its_own:
#APP
\tnop
#NO_APP
\tmov\tx18, x0
\tret
\t.size\thas_what_is_not_its_own, .-has_what_is_not_its_own
";

#[test]
fn another_architectures_are_found_without_its_compiler() {
    let arch = Arch::named("aarch64").and_then(|arch| arch.assembly.as_ref());
    let expected = [
        ("calls", Body::Jump("__alloc_percpu".to_owned())),
        (
            "reads",
            Body::Asm(
                "ldr w0, [x0]\ndmb oshld\nuxtw\tx1, w0\neor\tx1, x1, x1\ncbnz\tx1, .\n".to_owned(),
            ),
        ),
        (
            "unlocks",
            Body::Asm("mov\tw1, 0\nstlrb w1, [x0]\nnop\n".to_owned()),
        ),
    ];
    let expected = expected.map(|(name, body)| (name.to_owned(), body));
    assert_eq!(bodies(ARM64, arch.unwrap()), HashMap::from(expected));
}
