// SPDX-License-Identifier: GPL-2.0-only
//! arm64.

use super::{Arch, Cross, Flavour, Guest, Image, Qemu, Rustc};
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
    assembly: None,
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

/// Documentation/arch/arm64/booting.rst.
fn image(head: &[u8]) -> Option<Option<String>> {
    (head.get(56..60) == Some(b"ARM\x64")).then_some(None)
}
