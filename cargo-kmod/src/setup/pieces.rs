// SPDX-License-Identifier: GPL-2.0-only
//! The table of what the host must have.

use std::fs;
use std::mem::discriminant;
use std::path::{Path, PathBuf};

use kmod_build::arch::Arch;

use super::Need;
use crate::debian;
use crate::headers;
use crate::process;

/// Something that must be on the host.
pub struct Piece {
    /// What it is called.
    pub name: &'static str,
    /// What it is for.
    pub why: &'static str,
    /// Who needs it.
    pub need: Need,
    /// The packages that bring it.
    pub packages: fn(&Arch) -> Vec<String>,
    /// Where it is, when it is there. Looks at files only: this runs before every build.
    pub find: fn(&Arch) -> Option<PathBuf>,
    /// Its version, by asking it.
    pub version: fn(&Path) -> Option<String>,
}

/// What the host must have besides Rust.
pub static PIECES: &[Piece] = &[
    Piece {
        name: "make",
        why: "runs the kernel's build system",
        need: Need::Build,
        packages: |_| vec!["make".into()],
        find: |_| process::which("make"),
        version: first_line,
    },
    Piece {
        name: "gcc",
        why: "compiles the module's C parts and links host programs",
        need: Need::Build,
        packages: |_| vec!["gcc".into()],
        find: |_| process::which("gcc"),
        version: first_line,
    },
    Piece {
        name: "C library",
        why: "host programs and the VM's init are linked against it",
        need: Need::Build,
        packages: |_| vec!["libc6-dev".into()],
        find: |_| in_libraries("libc.a"),
        version: |_| None,
    },
    Piece {
        name: "libclang",
        why: "reads the kernel's headers",
        need: Need::Build,
        packages: |_| vec![libclang_package()],
        find: |_| libclang(),
        version: |path| Some(path.file_name()?.to_str()?.to_owned()),
    },
    Piece {
        name: "libelf",
        why: "the kernel's objtool is linked against it",
        need: Need::Build,
        packages: |_| vec!["libelf1".into()],
        find: |_| in_libraries("libelf.so.1"),
        version: |_| None,
    },
    Piece {
        name: "kernel headers",
        why: "the module is built against them",
        need: Need::Headers,
        packages: |_| vec![headers::package()],
        find: |_| Some(headers::folder(&headers::newest()?)),
        version: |path| headers::release(path).ok(),
    },
    Piece {
        name: "apt",
        why: "downloads kernels, and checks that they are Debian's",
        need: Need::Fetch,
        packages: |_| vec!["apt".into(), "dpkg".into()],
        find: |_| process::which("dpkg-deb").and_then(|_| process::which("apt-get")),
        version: first_line,
    },
    Piece {
        name: "Debian's keys",
        why: "kernels that are fetched are signed with them",
        need: Need::Fetch,
        packages: |_| vec!["debian-archive-keyring".into()],
        find: |_| debian::keyring(),
        version: |_| None,
    },
    Piece {
        name: "dpkg-deb",
        why: "makes packages",
        need: Need::Package,
        packages: |_| vec!["dpkg".into()],
        find: |_| process::which("dpkg-deb"),
        version: first_line,
    },
    Piece {
        name: "strip",
        why: "takes debug information out of modules that are packaged",
        need: Need::Package,
        packages: |_| vec!["binutils".into()],
        find: |_| process::which("strip"),
        version: first_line,
    },
    Piece {
        name: "pahole",
        why: "describes a module's types to BPF, as this kernel is configured",
        need: Need::Btf,
        packages: |_| vec![pahole_package()],
        find: |_| process::which("pahole"),
        version: first_line,
    },
    Piece {
        name: "iasl",
        why: "compiles the ACPI tables of a module's VM",
        need: Need::Acpi,
        packages: |_| vec!["acpica-tools".into()],
        find: |_| process::which("iasl"),
        version: |_| None,
    },
    Piece {
        name: "make and gcc",
        why: "build the kernel",
        need: Need::Kernel,
        packages: |_| vec!["make".into(), "gcc".into(), "libc6-dev".into()],
        find: |_| process::which("make").and_then(|_| process::which("gcc")),
        version: |_| None,
    },
    Piece {
        name: "flex and bison",
        why: "read the kernel's configuration",
        need: Need::Kernel,
        packages: |_| vec!["flex".into(), "bison".into()],
        find: |_| process::which("flex").and_then(|_| process::which("bison")),
        version: |_| None,
    },
    Piece {
        name: "bc",
        why: "computes the kernel's constants of time",
        need: Need::Kernel,
        packages: |_| vec!["bc".into()],
        find: |_| process::which("bc"),
        version: |_| None,
    },
    Piece {
        name: "libelf's headers",
        why: "the kernel's objtool is built with them",
        need: Need::Kernel,
        packages: |_| vec!["libelf-dev".into()],
        find: |_| Some(PathBuf::from("/usr/include/libelf.h")).filter(|file| file.is_file()),
        version: |_| None,
    },
    Piece {
        name: "xz",
        why: "unpacks the kernel's sources",
        need: Need::Kernel,
        packages: |_| vec!["xz-utils".into()],
        find: |_| process::which("xz"),
        version: first_line,
    },
    Piece {
        name: "QEMU",
        why: "boots the VM in which modules are loaded",
        need: Need::Vm,
        packages: |arch| vec![arch.qemu.package.into()],
        find: |arch| process::which(arch.qemu.program),
        version: first_line,
    },
    Piece {
        name: "QEMU for another architecture",
        why: "boots the VM in which modules are loaded",
        need: Need::Emulator(Arch::FIRST),
        packages: |arch| vec![arch.qemu.package.into()],
        find: |arch| process::which(arch.qemu.program),
        version: first_line,
    },
    Piece {
        name: "modinfo",
        why: "shows and compares what a module says of itself",
        need: Need::Vm,
        packages: |_| vec!["kmod".into()],
        find: |_| process::which("modinfo"),
        version: first_line,
    },
];

impl Piece {
    /// Whether a need is for it, of whatever architecture.
    pub fn is_for(&self, need: Need) -> bool {
        discriminant(&self.need) == discriminant(&need)
    }
}

fn first_line(program: &Path) -> Option<String> {
    let text = process::output(process::command(program).arg("--version"))?;
    Some(text.lines().next()?.to_owned())
}

fn pahole_package() -> String {
    match debian::of_host().as_deref() {
        Some("bullseye") => "dwarves",
        _ => "pahole",
    }
    .into()
}

/// Debian names the package by version: the release's default one.
fn libclang_package() -> String {
    match debian::of_host().as_deref() {
        Some("bullseye") => "libclang1-11",
        Some("trixie") => "libclang1-19",
        _ => "libclang1-14",
    }
    .into()
}

/// The folders in which Debian and others keep shared libraries.
fn library_folders() -> Vec<PathBuf> {
    let triplet = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    [&triplet, "/usr/lib64", "/usr/lib"]
        .map(PathBuf::from)
        .into()
}

fn in_libraries(name: &str) -> Option<PathBuf> {
    library_folders()
        .into_iter()
        .map(|dir| dir.join(name))
        .find(|file| file.exists())
}

/// A libclang where bindgen looks for it.
fn libclang() -> Option<PathBuf> {
    let llvm = fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let llvm = llvm
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("llvm-"))
        })
        .map(|path| path.join("lib"));
    let given = std::env::var_os("LIBCLANG_PATH").map(PathBuf::from);
    let folders = given.into_iter().chain(library_folders()).chain(llvm);
    folders
        .filter_map(|dir| fs::read_dir(dir).ok())
        .find_map(|files| {
            files
                .flatten()
                .map(|entry| entry.path())
                .find(|path| is_libclang(path))
        })
}

fn is_libclang(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let versioned = name
        .strip_prefix("libclang-")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (versioned || name.starts_with("libclang.so")) && name.contains(".so") && path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libclang_is_told_from_its_neighbours() {
        let dir = tempfile::tempdir().unwrap();
        for (name, expected) in [
            ("libclang-14.so.13", true),
            ("libclang.so.1", true),
            ("libclang-cpp.so.14", false),
            ("libclang_rt.so", false),
        ] {
            let file = dir.path().join(name);
            fs::write(&file, "").unwrap();
            assert_eq!(is_libclang(&file), expected, "{name}");
        }
    }

    #[test]
    fn every_piece_has_a_package_and_a_reason() {
        for piece in PIECES {
            assert!(
                !(piece.packages)(Arch::host()).is_empty() && !piece.why.is_empty(),
                "{}",
                piece.name
            );
        }
    }
}
