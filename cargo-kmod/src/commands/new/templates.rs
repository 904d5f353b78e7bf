// SPDX-License-Identifier: GPL-2.0-only
//! What `new` writes: texts with placeholders, of every crate, of its repository, and of each template.

/// A file: where, and its text, both with placeholders.
pub type File = (&'static str, &'static str);

/// What a module begins as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Template {
    /// A misc device that is read
    Misc,
    /// Files below /proc/sys, one with a range
    Sysctl,
    /// A platform driver, and a device of its own
    Platform,
    /// A PCI driver: registers, an interrupt, a node for each card
    Pci,
    /// A driver of a gamepad: reports are changed and counted
    Hid,
    /// A C module that moves to Rust file by file
    C,
    /// A workspace of several modules
    Workspace,
}

/// The files of a module's crate, whatever the template.
pub const CRATE: &[File] = &[
    (
        "Cargo.toml",
        include_str!("../../../templates/crate/Cargo.toml.in"),
    ),
    (
        "Makefile",
        include_str!("../../../templates/crate/Makefile.in"),
    ),
    (
        ".gitignore",
        include_str!("../../../templates/crate/gitignore.in"),
    ),
];

/// The files of what is no part of something greater.
pub const REPOSITORY: &[File] = &[
    (
        "LICENSE",
        include_str!("../../../templates/repository/LICENSE.in"),
    ),
    (
        ".vscode/settings.json",
        include_str!("../../../templates/repository/vscode-settings.json.in"),
    ),
    (
        ".github/workflows/test.yml",
        include_str!("../../../templates/repository/github-test.yml.in"),
    ),
    (
        ".gitlab-ci.yml",
        include_str!("../../../templates/repository/gitlab-ci.yml.in"),
    ),
];

/// The README of a crate that stands alone.
pub const README: File = (
    "README.md",
    include_str!("../../../templates/repository/README.md.in"),
);

/// What a workspace has in its own folder.
pub const WORKSPACE: &[File] = &[
    (
        "Cargo.toml",
        include_str!("../../../templates/workspace/Cargo.toml.in"),
    ),
    (
        "README.md",
        include_str!("../../../templates/workspace/README.md.in"),
    ),
    (
        ".gitignore",
        include_str!("../../../templates/crate/gitignore.in"),
    ),
];

/// The modules of a new workspace: what is added to its name, and their templates.
pub const MODULES: [(&str, Template); 2] =
    [("device", Template::Misc), ("settings", Template::Sysctl)];

impl Template {
    /// What such a module does, with placeholders: the kernel's description of it, and cargo's.
    pub fn description(self) -> &'static str {
        match self {
            Template::Misc => "Greets whoever reads /dev/@MODULE@",
            Template::Sysctl => "Keeps a limit in /proc/sys/@MODULE@",
            Template::Platform => "Counts in /dev/@MODULE@0",
            Template::Pci => "Has a PCI card compute",
            Template::Hid => "Counts what gamepads report",
            Template::C => "Turns letters in /dev/@MODULE@",
            Template::Workspace => "",
        }
    }

    /// What its VM has to have, as the manifest says it.
    pub fn metadata(self) -> &'static str {
        match self {
            Template::Pci => {
                "# Devices of the VM, in the syntax of QEMU's -device.\n\
                 [package.metadata.kmod]\ndevices = [\"edu\"]\n\n"
            }
            Template::Hid => {
                "# What the kernel must have, and what of it is loaded in the VM before the tests.\n\
                 [package.metadata.kmod]\nconfig = [\"HID\", \"HIDRAW\", \"UHID\"]\nmodules = [\"uhid\"]\n\n"
            }
            _ => "",
        }
    }

    /// The crates that it needs besides.
    pub fn dependencies(self) -> &'static str {
        match self {
            Template::C => "@CRATE@-sys = { path = \"sys\", version = \"0.1.0\" }\n",
            _ => "",
        }
    }

    /// The files of a crate that are the template's own.
    pub fn files(self) -> &'static [File] {
        match self {
            Template::Misc => &[
                (
                    "src/lib.rs",
                    include_str!("../../../templates/misc/lib.rs.in"),
                ),
                (TEST, include_str!("../../../templates/misc/test.rs.in")),
            ],
            Template::Sysctl => &[
                (
                    "src/lib.rs",
                    include_str!("../../../templates/sysctl/lib.rs.in"),
                ),
                (TEST, include_str!("../../../templates/sysctl/test.rs.in")),
            ],
            Template::Platform => &[
                (
                    "src/lib.rs",
                    include_str!("../../../templates/platform/lib.rs.in"),
                ),
                (TEST, include_str!("../../../templates/platform/test.rs.in")),
            ],
            Template::Pci => &[
                (
                    "src/lib.rs",
                    include_str!("../../../templates/pci/lib.rs.in"),
                ),
                (TEST, include_str!("../../../templates/pci/test.rs.in")),
            ],
            Template::Hid => &[
                (
                    "src/lib.rs",
                    include_str!("../../../templates/hid/lib.rs.in"),
                ),
                (TEST, include_str!("../../../templates/hid/test.rs.in")),
            ],
            Template::C => &[
                ("src/lib.rs", include_str!("../../../templates/c/lib.rs.in")),
                (TEST, include_str!("../../../templates/c/test.rs.in")),
                ("c/turn.c", include_str!("../../../templates/c/turn.c.in")),
                (
                    "sys/Cargo.toml",
                    include_str!("../../../templates/c/sys-Cargo.toml.in"),
                ),
                (
                    "sys/src/lib.rs",
                    include_str!("../../../templates/c/sys-lib.rs.in"),
                ),
            ],
            Template::Workspace => &[],
        }
    }
}

/// The tests, which run in the VM.
const TEST: &str = "tests/@CRATE@.rs";
