// SPDX-License-Identifier: GPL-2.0-only
//! arm64: what is known of it. Modules for it are not built yet, and there is no VM.

use super::{Arch, Flavour, Image, Qemu, Rustc};
use crate::options::{Row, flags, row};

pub static ARCH: Arch = Arch {
    name: "aarch64",
    option: "ARM64",
    rustc: Rustc {
        target: "aarch64-unknown-none-softfloat",
        flags: &["-Crelocation-model=static"],
        options: OPTIONS,
        warnings: &[],
    },
    clang: &[],
    assembly: None,
    vermagic: Some("aarch64"),
    flavours: &[
        (Flavour::Cloud, "cloud-arm64"),
        (Flavour::Plain, "arm64"),
        (Flavour::Realtime, "rt-arm64"),
    ],
    image: Image {
        name: "Image",
        recognise: image,
    },
    exceptions: &["Internal error: "],
    qemu: Qemu {
        program: "qemu-system-aarch64",
        package: "qemu-system-arm",
    },
    guest: None,
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
