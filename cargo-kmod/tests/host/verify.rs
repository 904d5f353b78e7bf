// SPDX-License-Identifier: GPL-2.0-only
//! Each rule of `cargo kmod verify` lets a right module pass and fails one that is built wrongly.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::ko::{Ko, PLAIN};
use crate::support::{Said, kmod};
use crate::tree::{Tree, kdir};

/// What the documentation promises.
const UNFIT: i32 = 1;

/// The rules that were broken, and what was said.
fn broken(said: &Said) -> (BTreeSet<String>, Value) {
    let report: Value = serde_json::from_str(&said.out)
        .unwrap_or_else(|error| panic!("no report: {error}: {said:?}"));
    let findings = report["findings"].as_array().expect("a list").iter();
    let rules = findings
        .map(|finding| finding["rule"].as_str().expect("a name").to_owned())
        .collect();
    (rules, report)
}

/// Exactly these rules are broken, and the exit code says so.
fn expect(said: &Said, rules: &[&str]) {
    let (found, report) = broken(said);
    let wanted: BTreeSet<String> = rules.iter().map(|rule| (*rule).to_owned()).collect();
    assert_eq!(found, wanted, "{report:#}");
    assert_eq!(said.code, if rules.is_empty() { 0 } else { UNFIT });
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("it is a member of the workspace")
}

/// `hello`, built for the distribution's kernel by cargo and kbuild.
fn hello() -> PathBuf {
    hello_for(&kdir(), "stock")
}

/// The same for the kernel of another folder, in a target folder of its own: its release may be
/// the same.
fn hello_for(kdir: &Path, target: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(target);
    let kdir = kdir.display().to_string();
    let words = ["build", "-p", "hello", "--kdir", &kdir];
    let said = kmod(workspace(), &words)
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    let mut printed = said.out.split_whitespace();
    let ko = printed.find(|word| word.ends_with("hello.ko"));
    PathBuf::from(ko.expect("it prints the module's path"))
}

#[test]
fn right_modules_pass() {
    expect(&Ko::c(PLAIN).verify(), &[]);
}

#[test]
fn a_symbol_that_nobody_exports() {
    let ko = Ko::c(PLAIN).objcopy(&["--redefine-sym", "class_destroy=class_destroi"]);
    // Its CRC is gone with it.
    expect(&ko.verify(), &["symbols"]);
}

#[test]
fn gpl_symbols_under_another_licence() {
    let ko = Ko::c(PLAIN).patch(".modinfo", b"license=GPL\0", b"license=BSD\0");
    let said = ko.verify();
    expect(&said, &["licence"]);
    assert!(said.out.contains("class_destroy"), "{said:?}");
}

#[test]
fn a_namespace_that_is_not_imported() {
    let symvers = fs::read_to_string(kdir().join("Module.symvers")).expect("it is there");
    let bound = symvers.lines().find_map(|line| {
        let words: Vec<&str> = line.split('\t').collect();
        let plain = words.get(4)?.chars().all(|c| c.is_ascii_uppercase());
        (plain && !words[4].is_empty()).then_some(words[1])
    });
    let rename = format!(
        "class_destroy={}",
        bound.expect("the kernel has namespaces")
    );
    let ko = Ko::c(PLAIN).objcopy(&["--redefine-sym", &rename]);
    let (found, report) = broken(&ko.verify());
    assert!(found.contains("namespaces"), "{report:#}");
}

#[test]
fn a_crc_of_another_kernel() {
    let target = kdir();
    let config = fs::read_to_string(target.join("include/config/auto.conf")).expect("it is there");
    if !config.contains("\nCONFIG_MODVERSIONS=y") {
        // Then there are none: the kernel compares the release only.
        return;
    }
    let tree = Tree::copy();
    tree.edit("Module.symvers", |line| !line.contains("\tclass_destroy\t"));
    let symvers = tree.path().join("Module.symvers");
    let other = "0x12345678\tclass_destroy\tvmlinux\tEXPORT_SYMBOL_GPL\t\n";
    let text = fs::read_to_string(&symvers).expect("it is there") + other;
    fs::write(&symvers, text).expect("it can be written to");
    let said = Ko::c(PLAIN).verify_for(tree.path());
    expect(&said, &["crcs"]);
    assert!(said.out.contains("0x12345678"), "{said:?}");
}

#[test]
fn a_second_modinfo() {
    let ko = Ko::c(PLAIN).objcopy(&["--rename-section", ".rodata.str1.1=.modinfo"]);
    expect(&ko.verify(), &["modinfo"]);
}

#[test]
fn a_module_of_another_release() {
    let ko = Ko::c(PLAIN).patch(".modinfo", b" mod_unload", b" mod_UNLOAD");
    expect(&ko.verify(), &["vermagic"]);
}

#[test]
fn a_module_for_another_architecture() {
    let ko = Ko::c(PLAIN);
    let mut file = fs::read(ko.path()).expect("it is there");
    // e_machine: EM_RISCV, of whose relocations and instructions none is right here.
    file[18..20].copy_from_slice(&243_u16.to_le_bytes());
    fs::write(ko.path(), file).expect("it can be written to");
    let said = ko.verify();
    expect(&said, &["abi"]);
    assert!(said.out.contains("the module is for riscv64"), "{said:?}");
}

#[test]
fn a_relocation_through_a_got() {
    let ko = Ko::with_function("movq class_destroy@GOTPCREL(%rip), %rax\\n1: jmp 1b");
    let said = ko.verify();
    expect(&said, &["relocations"]);
    assert!(said.out.contains("through a GOT"), "{said:?}");
}

#[test]
fn sections_that_a_compiler_left() {
    for section in [".llvmbc", ".eh_frame", ".init_array", ".stack_sizes"] {
        let add = format!("{section}=/etc/os-release");
        let ko = Ko::c(PLAIN).objcopy(&["--add-section", &add]);
        let said = ko.verify();
        expect(&said, &["sections"]);
        assert!(said.out.contains(section), "{said:?}");
    }
}

#[test]
fn constructors_that_the_kernel_does_not_run() {
    // As KASAN has its compiler make them for each file with globals.
    let source = "
        static void __attribute__((constructor)) first(void) { pr_info(\"first\\n\"); }
        static void __attribute__((destructor)) last(void) { pr_info(\"last\\n\"); }
    ";
    let ko = Ko::c(&format!("{PLAIN}{source}"));
    let without = ko.verify();
    expect(&without, &["sections"]);
    for section in [".init_array", ".fini_array"] {
        assert!(without.out.contains(section), "{without:?}");
    }
    for option in ["CONFIG_CONSTRUCTORS=y", "CONFIG_KCSAN=y"] {
        let tree = Tree::copy().with(&[option]);
        expect(&ko.verify_for(tree.path()), &[]);
    }
    let tree = Tree::copy().with(&["CONFIG_CONSTRUCTORS=y"]);
    // The loader looks for the whole name.
    let ko = ko.objcopy(&["--rename-section", ".init_array=.init_array.7"]);
    expect(&ko.verify_for(tree.path()), &["sections"]);
}

#[test]
fn code_that_can_be_written_to() {
    let ko = Ko::c(PLAIN).objcopy(&["--set-section-flags", ".init.text=alloc,load,code"]);
    expect(&ko.verify(), &["writable-code"]);
}

#[test]
fn what_is_aligned_to_more_than_a_page() {
    let align =
        |to: u32| Ko::c(PLAIN).objcopy(&["--set-section-alignment", &format!(".data={to}")]);
    expect(&align(4096).verify(), &[]);
    let said = align(8192).verify();
    expect(&said, &["alignment"]);
    assert!(said.out.contains("aligned to 8192 bytes"), "{said:?}");
}

#[test]
fn floating_point_and_vectors() {
    for code in [
        "movaps %xmm0, %xmm1",
        "fld1",
        "vpxor %ymm0, %ymm0, %ymm0",
        "emms",
    ] {
        let ko = Ko::with_function(&format!("{code}\\n1: jmp 1b"));
        expect(&ko.verify(), &["floating-point"]);
    }
    // What came with SSE and touches none of its registers.
    let ko = Ko::with_function("lfence\\nprefetchnta (%rax)\\nmovnti %rax, (%rdx)\\n1: jmp 1b");
    expect(&ko.verify(), &[]);
}

#[test]
fn instructions_that_an_older_processor_lacks() {
    let code = "popcntq %rax, %rax\\nlzcntl %eax, %eax\\nandn %rax, %rdx, %rax\\nblsr %rax, %rdx\\n\
                shlx %rax, %rdx, %rcx\\nmovbe (%rax), %edx\\nadcx %rax, %rdx\\ncrc32b %al, %edx\\n\
                1: jmp 1b";
    let said = Ko::with_function(code).verify();
    expect(&said, &["baseline"]);
    let names = [
        "popcnt", "lzcnt", "andn", "blsr", "shlx", "movbe", "adcx", "crc32",
    ];
    for name in names {
        let words = format!("`{name}` is not on each processor");
        assert!(said.out.contains(&words), "{name}: {said:?}");
    }
    assert!(said.out.contains("wrong+0x0 (.text+"), "{said:?}");
    // Each processor has these, or whoever writes them knows which has.
    let code = "bsf %rax, %rdx\\nrep bsf %rax, %rdx\\nlock cmpxchg8b (%rax)\\ncmove %rax, %rdx\\n\
                clflush (%rax)\\nrdtsc\\npause\\nbswap %rax\\nendbr64\\nnopw (%rax)\\nxsave (%rax)\\n\
                rdtscp\\nstac\\nclac\\nvmcall\\n1: jmp 1b";
    expect(&Ko::with_function(code).verify(), &[]);
    // Unless they are the kernel's own.
    let tree = Tree::copy().with(&["CONFIG_X86_NATIVE_CPU=y"]);
    let ko = Ko::with_function("popcntq %rax, %rax\\n1: jmp 1b");
    expect(&ko.verify_for(tree.path()), &[]);
}

#[test]
fn a_bare_return() {
    expect(
        &Ko::with_function("ret").verify(),
        &["return-thunks", "sls"],
    );
    expect(
        &Ko::with_function("ret\\nint3").verify(),
        &["return-thunks"],
    );
}

#[test]
fn a_bare_indirect_branch() {
    let ko = Ko::with_function("call *%rax\\n1: jmp 1b");
    expect(&ko.verify(), &["retpolines"]);
    let ko = Ko::with_function("jmp *%rax");
    expect(&ko.verify(), &["retpolines", "sls"]);
}

#[test]
fn calls_that_the_kernel_cannot_patch() {
    for list in [".return_sites", ".retpoline_sites"] {
        let ko = Ko::copy_of(&hello());
        let ko = ko.objcopy(&["--remove-section", list]);
        let said = ko.verify();
        expect(&said, &["patch-sites"]);
        assert!(said.out.contains(list), "{said:?}");
    }
}

#[test]
fn functions_that_cannot_be_unwound() {
    let ko = Ko::copy_of(&hello());
    let ko = ko.objcopy(&[
        "--remove-section",
        ".orc_unwind",
        "--remove-section",
        ".orc_unwind_ip",
    ]);
    let said = ko.verify();
    expect(&said, &["orc"]);
    // Of Rust's functions, too.
    assert!(said.out.contains("init_module"), "{said:?}");
}

#[test]
fn a_stack_frame_that_is_too_big() {
    let source = "
        extern void kmod_use(char *);
        noinline void wrong(void);
        noinline void wrong(void) { char big[3000]; asm volatile(\"\" :: \"r\"(big) : \"memory\"); }
    ";
    let said = Ko::c(&format!("{PLAIN}{source}")).verify();
    expect(&said, &["stack-frame"]);
    assert!(said.out.contains("wrong+0x0"), "{said:?}");
}

#[test]
fn rust_built_without_the_kernels_defences() {
    let without = Tree::copy().with(&[
        "CONFIG_RETPOLINE",
        "CONFIG_RETHUNK",
        "CONFIG_SLS",
        "CONFIG_MITIGATION_RETPOLINE",
        "CONFIG_MITIGATION_RETHUNK",
        "CONFIG_MITIGATION_SLS",
    ]);
    // For that kernel it is right.
    let ko = Ko::copy_of(&hello_for(without.path(), "altered"));
    let (found, report) = broken(&ko.verify());
    for rule in ["return-thunks", "retpolines", "sls"] {
        assert!(found.contains(rule), "{report:#}");
    }
}

#[test]
fn rust_built_without_indirect_branch_tracking_and_padding() {
    let ko = Ko::copy_of(&hello());
    let asks = [
        "CONFIG_X86_KERNEL_IBT=y",
        "CONFIG_CALL_PADDING=y",
        "CONFIG_FUNCTION_PADDING_BYTES=16",
    ];
    let config = fs::read_to_string(kdir().join("include/config/auto.conf")).expect("it is there");
    if asks.iter().all(|option| config.contains(option)) {
        // The distribution's kernel asks for it: the module has it.
        return expect(&ko.verify(), &[]);
    }
    let tree = Tree::copy().with(&asks);
    let said = ko.verify_for(tree.path());
    let (found, report) = broken(&said);
    for rule in ["endbr", "call-padding"] {
        assert!(found.contains(rule), "{report:#}");
    }
}

#[test]
fn sizes_are_told_beside_those_of_the_c_twin() {
    let ko = hello();
    let twin = ko.with_file_name("hello_c.ko");
    let [ko, twin] = [&ko, &twin].map(|path| path.display().to_string());
    let said = kmod(Path::new("/"), &["verify", &ko, "--against", &twin]).run();
    assert_eq!(said.code, 0, "{said:?}");
    for words in [
        "hello.ko ",
        "hello_c.ko ",
        " times the size of hello_c.ko",
        "only in",
    ] {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
}

#[test]
fn a_file_that_is_no_module_is_a_usage_error() {
    let said = kmod(Path::new("/"), &["verify", "/bin/true"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("is not a kernel module"), "{said:?}");
    let said = kmod(Path::new("/"), &["verify", "/nope.ko"]).run();
    assert_eq!(said.code, 2, "{said:?}");
}

#[test]
fn a_build_ends_with_it() {
    // A right build, and then a module of the same make that is not right any more.
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(hello(), folder.path().join("hello.ko")).expect("it can be copied");
    let make = |kdir: &Path| {
        Command::new("make")
            .arg("-C")
            .arg(workspace().join("examples/hello"))
            .args(["-o", "modules", "all"])
            .arg(format!("KDIR={}", kdir.display()))
            .arg(format!("NAME={}", folder.path().join("hello").display()))
            .arg(format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod")))
            .env_remove("MAKEFLAGS")
            .output()
            .expect("make is there")
    };
    let right = make(&kdir());
    assert!(right.status.success(), "{right:?}");
    let tree = Tree::copy().with(&["CONFIG_X86_KERNEL_IBT=y"]);
    let wrong = make(tree.path());
    assert!(!wrong.status.success(), "{wrong:?}");
    let said = String::from_utf8_lossy(&wrong.stdout);
    assert!(said.contains("error[endbr]"), "{said}");
}
