// SPDX-License-Identifier: GPL-2.0-only
//! arm64.

use super::{Arch, Assembly, Cross, Flavour, Guest, Image, Qemu, Rustc};
use crate::options::{Row, flags, row};

pub static ARCH: Arch = Arch {
    name: "aarch64",
    option: "ARM64",
    debian: "arm64",
    kbuild: "arm64",
    cross: Cross {
        prefix: "aarch64-linux-gnu-",
        packages: &[
            "gcc-aarch64-linux-gnu",
            "libc6-dev-arm64-cross",
            "gcc-arm-linux-gnueabihf",
            "libc6-dev-armhf-cross",
        ],
        narrow: Some(("arm-linux-gnueabihf-gcc", &[])),
    },
    rustc: Rustc {
        target: "aarch64-unknown-none-softfloat",
        flags: &["-Crelocation-model=static"],
        options: OPTIONS,
        warnings: &[],
    },
    clang: &["-mgeneral-regs-only"],
    clang_target: Some("aarch64-linux-gnu"),
    assembly: Some(Assembly {
        arguments: &[["w0", "w0", "w0", "x0"], ["w1", "w1", "w1", "x1"]],
        result: ["w0", "w0", "w0", "x0"],
        // Accesses are more than one instruction each.
        moves: &[],
        any: [["reg", ":w"], ["reg", ":w"], ["reg", ":w"], ["reg", ":x"]],
        options: "",
        comment: "//",
        moves_operands,
        landing: &[
            "nop",
            "hint 34 // bti c",
            "hint 25 // paciasp",
            "hint 29 // autiasp",
        ],
        stop: "brk",
        jump: "b ",
        call: Some("bl "),
        frame: [
            &["stp x29, x30, [sp, -16]!", "mov x29, sp"],
            &["ldp x29, x30, [sp], 16"],
        ],
        returns: &["ret"],
    }),
    static_branch: "nop",
    vermagic: Some("aarch64"),
    flavours: &[
        (Flavour::Cloud, "cloud-arm64"),
        (Flavour::Plain, "arm64"),
        (Flavour::Realtime, "rt-arm64"),
        (Flavour::Pages16, "arm64-16k"),
    ],
    image: Image {
        name: "Image",
        file: "vmlinuz",
        recognise: image,
    },
    exceptions: &["Internal error: "],
    qemu: Qemu {
        program: "qemu-system-aarch64",
        package: "qemu-system-arm",
    },
    guest: Some(Guest {
        // Signing returns the architecture's own way takes QEMU most of its time.
        machine: &["-machine", "virt", "-cpu", "max,pauth-impdef=on"],
        processors: "4",
        translator: "tcg,thread=multi",
        words: &[],
        counter: None,
        ports: ["ttyAMA0", "ttyS0", "ttyS1"],
        port: Some("pci-serial"),
        // The task that dies has entered the exception and does not leave it, which the idle task of
        // that processor warns of once.
        has_acpi: false,
        bug: &["Internal error: ", "ct_kernel_exit"],
        again: None,
        modules: None,
        target: "aarch64-unknown-linux-musl",
        flags: "-Ctarget-feature=+crt-static -Clinker=rust-lld",
        is_cross_linked: false,
    }),
};

const OPTIONS: &[Row] = &[
    row(
        &["ARM64_BTI_KERNEL"],
        flags(&["-Zbranch-protection=bti,pac-ret"]),
    ),
    Row {
        without: Some("ARM64_BTI_KERNEL"),
        ..row(
            &["ARM64_PTR_AUTH_KERNEL"],
            flags(&["-Zbranch-protection=pac-ret"]),
        )
    },
    row(&["SHADOW_CALL_STACK"], flags(&["-Zfixed-x18"])),
    row(
        &["UNWIND_TABLES"],
        flags(&["-Cforce-unwind-tables=y", "-Zuse-sync-unwind=n"]),
    ),
];

/// Registers that a function may change, of each other and of numbers.
fn moves_operands(words: &[&str]) -> bool {
    let is_free = |word: &&str| {
        let word = word.trim_end_matches(',');
        match word.strip_prefix(['x', 'w']) {
            Some(number) => number.parse::<u8>().is_ok_and(|number| number < 18),
            None => word.parse::<i64>().is_ok(),
        }
    };
    let operands = words.get(1..).unwrap_or_default();
    matches!(
        words.first(),
        Some(&("mov" | "add" | "and" | "uxtb" | "uxth" | "uxtw"))
    ) && operands.iter().all(is_free)
}

/// Documentation/arch/arm64/booting.rst.
fn image(head: &[u8]) -> Option<Option<String>> {
    (head.get(56..60) == Some(b"ARM\x64")).then_some(None)
}
