// SPDX-License-Identifier: GPL-2.0-only
//! riscv64.

use super::{Arch, Cross, Flavour, Guest, Image, Qemu, Rustc};
use crate::options::{Row, flags, row};

pub static ARCH: Arch = Arch {
    name: "riscv64",
    option: "ARCH_RV64I",
    debian: "riscv64",
    kbuild: "riscv",
    cross: Cross {
        prefix: "riscv64-linux-gnu-",
        packages: &["gcc-riscv64-linux-gnu", "libc6-dev-riscv64-cross"],
        narrow: None,
    },
    rustc: Rustc {
        target: "riscv64imac-unknown-none-elf",
        flags: &[
            "-Ctarget-cpu=generic-rv64",
            // Code and data are within 2 GiB of each other, wherever that is.
            "-Ccode-model=medium",
            "-Crelocation-model=static",
        ],
        options: OPTIONS,
        warnings: &[],
    },
    clang: &[],
    clang_target: Some("riscv64-linux-gnu"),
    assembly: None,
    // Not the one of two bytes, which the assembler would make of `nop`: the kernel writes four.
    static_branch: ".4byte 0x00000013",
    vermagic: Some("riscv"),
    flavours: &[(Flavour::Only, "riscv64")],
    image: Image {
        name: "Image",
        file: "vmlinux",
        recognise: image,
    },
    exceptions: &["Kernel BUG ", "Oops - "],
    qemu: Qemu {
        program: "qemu-system-riscv64",
        package: "qemu-system-misc",
    },
    guest: Some(Guest {
        machine: &["-machine", "virt", "-cpu", "rv64"],
        processors: "4",
        translator: "tcg,thread=multi",
        words: &[],
        counter: None,
        ports: ["ttyS0", "ttyS1", "ttyS2"],
        port: Some("pci-serial"),
        has_acpi: false,
        bug: &["Kernel BUG "],
        again: None,
        modules: None,
        target: "riscv64gc-unknown-linux-gnu",
        flags: "-Ctarget-feature=+crt-static",
        is_cross_linked: true,
    }),
};

const OPTIONS: &[Row] = &[Row {
    without: Some("RISCV_ISA_C"),
    ..row(&["ARCH_RV64I"], flags(&["-Ctarget-feature=-c"]))
}];

/// Documentation/arch/riscv/boot-image-header.rst.
fn image(head: &[u8]) -> Option<Option<String>> {
    (head.get(56..60) == Some(b"RSC\x05")).then_some(None)
}
