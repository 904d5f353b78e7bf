// SPDX-License-Identifier: GPL-2.0-only
//! What a kernel's build tools ask of the host: its C library, and the compiler's name.

use std::fs;
use std::path::Path;

use kmod_build::arch::Arch;
use kmod_build::config::Config;
use object::{Object as _, ObjectSection as _};

use crate::process;

/// Where the programs are that a module's build runs. Debian's are small wrappers, which start the
/// one for the kernel's architecture: so all that is there counts.
const FOLDERS: &[&str] = &["scripts/basic", "scripts/mod", "tools/objtool"];

/// A version of the C library.
pub type Version = (u32, u32);

/// The C library that the build tools need, where the host's is older.
pub fn needs_newer_libc(kdir: &Path) -> Option<Version> {
    let folders = FOLDERS
        .iter()
        .flat_map(|folder| fs::read_dir(kdir.join(folder)));
    let files = folders.flatten().flatten().map(|entry| entry.path());
    let needed = files
        .filter_map(|file| libc_of(&fs::read(file).ok()?))
        .max()?;
    let host = process::output(process::command("getconf").arg("GNU_LIBC_VERSION"))?;
    let host = version(host.strip_prefix("glibc ")?)?;
    (needed > host).then_some(needed)
}

/// The newest symbol version of the C library that a program asks for.
fn libc_of(program: &[u8]) -> Option<Version> {
    let file = object::File::parse(program).ok()?;
    let strings = file.section_by_name(".dynstr")?.data().ok()?;
    let names = strings
        .split(|&byte| byte == 0)
        .filter_map(|name| std::str::from_utf8(name).ok());
    names
        .filter_map(|name| version(name.strip_prefix("GLIBC_")?))
        .max()
}

fn version(text: &str) -> Option<Version> {
    let mut numbers = text.trim().split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// What make must be told to build for another architecture than the host's.
pub fn cross(arch: &Arch) -> [String; 3] {
    let prefix = arch.cross.prefix;
    [
        format!("ARCH={}", arch.kbuild),
        format!("CROSS_COMPILE={prefix}"),
        // Debian's kernels name the version that they were built by.
        format!("CC={prefix}gcc"),
    ]
}

/// What make must be told where the host lacks the compiler that a Debian kernel names: the host's
/// own builds modules, too.
pub fn compiler(kdir: &Path) -> Option<&'static str> {
    let text = fs::read_to_string(kdir.join(".kernelvariables")).ok()?;
    let line = text
        .lines()
        .find(|line| line.trim_start_matches("override ").starts_with("CC ="))?;
    let named = line.rsplit([' ', ')']).next()?;
    (named.starts_with("gcc-") && process::which(named).is_none()).then_some("CC=gcc")
}

/// Whether modules get BTF, made by pahole: as it is configured, where the kernel's own BTF is there.
pub fn makes_btf(kdir: &Path) -> bool {
    let config = Config::read(kdir);
    kdir.join("vmlinux").is_file()
        && config.is_ok_and(|config| config.is_set("DEBUG_INFO_BTF_MODULES"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_own_program_needs_the_hosts_libc_or_an_older_one() {
        let own = fs::read(std::env::current_exe().unwrap()).unwrap();
        let needed = libc_of(&own).unwrap();
        let host = process::output(process::command("getconf").arg("GNU_LIBC_VERSION")).unwrap();
        assert!(needed >= (2, 2) && needed <= version(&host["glibc ".len()..]).unwrap());
        assert_eq!(libc_of(b"no program"), None);
    }

    #[test]
    fn versions_are_numbers() {
        assert!(version("2.38") > version("2.4.1"));
        assert_eq!(version("PRIVATE"), None);
    }

    #[test]
    fn a_compiler_that_is_not_there_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let line = |compiler: &str| {
            let text =
                format!("CCACHE = ccache\nCC = $(if $(X),$(CCACHE)) $(CROSS_COMPILE){compiler}\n");
            fs::write(dir.path().join(".kernelvariables"), text).unwrap();
            super::compiler(dir.path())
        };
        assert_eq!(line("gcc-3"), Some("CC=gcc"));
        assert_eq!(line("gcc"), None);
    }
}
