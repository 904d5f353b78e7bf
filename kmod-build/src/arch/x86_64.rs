// SPDX-License-Identifier: GPL-2.0-only
//! x86-64.

use super::{Again, Arch, Assembly, Counter, Cross, Flavour, Guest, Image, Qemu, Rustc};
use crate::options::{ComesTo, Row, flags, row};

pub static ARCH: Arch = Arch {
    name: "x86_64",
    option: "X86_64",
    debian: "amd64",
    kbuild: "x86_64",
    cross: Cross {
        prefix: "x86_64-linux-gnu-",
        packages: &["gcc-x86-64-linux-gnu", "libc6-dev-amd64-cross"],
        narrow: Some(("x86_64-linux-gnu-gcc", &["-m32"])),
    },
    rustc: Rustc {
        target: "x86_64-unknown-none",
        // Without `plt`, functions that `core` declares (memcmp) would be called through a GOT,
        // which modules do not have.
        flags: &[
            "-Ctarget-cpu=x86-64",
            "-Ccode-model=kernel",
            "-Crelocation-model=static",
            "-Zplt=yes",
            // The kernel's stack is aligned to 8 bytes, not to the 16 of user space.
            "-Zllvm_module_flag=override-stack-alignment:u32:8:max",
        ],
        options: OPTIONS,
        // LLVM has these features, and rustc does not know them.
        warnings: &["`harden-sls-ret`", "`harden-sls-ijmp`"],
    },
    clang: &[
        "-m64",
        "-mno-sse",
        "-mno-mmx",
        "-mno-sse2",
        "-mno-3dnow",
        "-mno-avx",
        "-mno-red-zone",
    ],
    clang_target: None,
    assembly: Some(Assembly {
        arguments: &[["dil", "di", "edi", "rdi"], ["sil", "si", "esi", "rsi"]],
        result: ["al", "ax", "eax", "rax"],
        moves: &["movb", "movw", "movl", "movq"],
        any: [
            ["reg_byte", ""],
            ["reg", ":x"],
            ["reg", ":e"],
            ["reg", ":r"],
        ],
        options: "att_syntax",
        comment: "#",
        // Not tried: there is little that it would gain.
        moves_operands: |_| false,
        landing: &["endbr64"],
        // Against speculation past the end.
        stop: "int3",
        jump: "jmp ",
        call: None,
        frame: [&[], &[]],
        returns: &["ret", "jmp __x86_return_thunk"],
    }),
    static_branch: ".byte 0x0f, 0x1f, 0x44, 0x00, 0x00",
    vermagic: None,
    flavours: &[
        (Flavour::Cloud, "cloud-amd64"),
        (Flavour::Plain, "amd64"),
        (Flavour::Realtime, "rt-amd64"),
    ],
    image: Image {
        name: "bzImage",
        file: "vmlinuz",
        recognise: image,
    },
    exceptions: &[
        "general protection fault",
        "invalid opcode: ",
        "divide error: ",
        "stack segment: ",
        "traps: PANIC",
    ],
    qemu: Qemu {
        program: "qemu-system-x86_64",
        package: "qemu-system-x86",
    },
    guest: Some(Guest {
        machine: &["-machine", "q35", "-cpu", "max"],
        processors: "2",
        translator: "tcg",
        // At boot the kernel waits for some ticks of the timer, and panics if they do not come: on
        // a busy host, QEMU's come too late.
        // And it measures the processors' clocks against each other: on a busy host an answer comes
        // too late, the clock is given up, and the kernel patches its own running code (static keys),
        // which QEMU's translation does not always survive. All of QEMU's clocks are one.
        // A kernel that knows five levels of page tables forgets them for a moment, when it identifies its
        // processor. If an interrupt comes then, KASAN takes the kernel's own memory for nobody's.
        words: &["no_timer_check", "tsc=reliable", "no5lvl"],
        // It would measure how fast the counter is, too, and be wrong by as much as its processor waits for the
        // host's: then all of the guest's clocks are.
        counter: Some(Counter {
            word: "tsc_early_khz",
            read: counter,
        }),
        ports: ["ttyS0", "ttyS1", "ttyS2"],
        port: None,
        has_acpi: true,
        bug: &["invalid opcode: "],
        again: Some(Again {
            counter: 16,
            instruction: 2,
            number: 10,
        }),
        // From the end of the kernel's image to that of all modules, with KASLR and without in its configuration.
        modules: Some("0xffffffffa0000000+0x5f000000"),
        target: "x86_64-unknown-linux-gnu",
        flags: "-Ctarget-feature=+crt-static",
        is_cross_linked: false,
    }),
};

/// Reads the counter of this processor.
fn counter() -> Option<u64> {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: All of them have the instruction, and programs may use it.
    let count = Some(unsafe { core::arch::x86_64::_rdtsc() });
    #[cfg(not(target_arch = "x86_64"))]
    let count = None;
    count
}

const OPTIONS: &[Row] = &[
    row(
        &["RETPOLINE", "MITIGATION_RETPOLINE"],
        flags(&["-Zretpoline-external-thunk", "-Zindirect-branch-cs-prefix"]),
    ),
    row(
        &["RETHUNK", "MITIGATION_RETHUNK"],
        flags(&["-Zfunction-return=thunk-extern"]),
    ),
    row(
        &["SLS", "MITIGATION_SLS"],
        flags(&["-Ctarget-feature=+harden-sls-ret,+harden-sls-ijmp"]),
    ),
    row(&["X86_KERNEL_IBT"], flags(&["-Zcf-protection=branch"])),
    // Where indirect branches are mitigated or tracked, the kernel has no jump tables.
    row(
        &["RETPOLINE", "MITIGATION_RETPOLINE", "X86_KERNEL_IBT"],
        flags(&["-Cjump-tables=n"]),
    ),
    row(
        &["CALL_PADDING"],
        ComesTo::Flags(
            &["-Zpatchable-function-entry={},{}"],
            Some("FUNCTION_PADDING_BYTES"),
        ),
    ),
    row(&["X86_NATIVE_CPU"], flags(&["-Ctarget-cpu=native"])),
];

/// Documentation/arch/x86/boot.rst; `kernel_version` is an offset less 0x200.
fn image(head: &[u8]) -> Option<Option<String>> {
    if head.get(0x202..0x206) != Some(b"HdrS") {
        return None;
    }
    let offset = head
        .get(0x20e..0x210)
        .map(|at| u16::from_le_bytes([at[0], at[1]]))?;
    if offset == 0 {
        return Some(None);
    }
    let text = head.get(usize::from(offset) + 0x200..)?;
    let end = text.iter().position(|byte| matches!(byte, 0 | b' '))?;
    Some(Some(String::from_utf8_lossy(&text[..end]).into_owned()))
}
