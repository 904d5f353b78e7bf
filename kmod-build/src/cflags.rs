// SPDX-License-Identifier: GPL-2.0-only
//! kbuild's C flags: what all modules of a kernel share of them, and what clang can read.

use std::path::Path;

/// The flags that do not differ between two modules of one kernel, with paths made absolute, so
/// that the bindings and helpers are built once.
///
/// `flags` is kbuild's `c_flags`, split into words, and `objtree` the folder that its relative
/// paths start from. Left out are the dependency file, the object's own names, and function
/// tracing: the Rust code around the helpers has no `__fentry__` calls either. (The macro that
/// tells of it stays: headers refuse to be read without it.) Warnings are left out, too: nobody sees
/// those of helpers, and `make W=1` would have all made anew.
#[must_use]
pub fn shared(flags: &[String], objtree: &Path) -> Vec<String> {
    const SKIPPED: &[&str] = &["-pg", "-mfentry", "-mrecord-mcount", "-g"];
    const SKIPPED_PREFIXES: &[&str] = &[
        "-Wp,-M",
        "-DKBUILD_BASENAME=",
        "-DKBUILD_MODNAME=",
        "-D__KBUILD_MODNAME=",
        "-DKBUILD_MODFILE=",
        "-gdwarf",
        "-DKBUILD_EXTRA_WARN",
    ];
    const NO_WARNINGS: &[&str] = &["-Wp,", "-Wa,", "-Wl,", "-Werror="];
    let mut shared = Vec::with_capacity(flags.len());
    let mut words = flags.iter();
    while let Some(word) = words.next() {
        let skipped = SKIPPED.contains(&word.as_str())
            || SKIPPED_PREFIXES
                .iter()
                .any(|prefix| word.starts_with(prefix))
            || (word.starts_with("-W") && !NO_WARNINGS.iter().any(|kept| word.starts_with(kept)));
        if skipped {
            continue;
        }
        if let Some(folder) = word.strip_prefix("-I").filter(|folder| !folder.is_empty()) {
            shared.push(format!("-I{}", absolute(folder, objtree)));
        } else if ["-I", "-include", "-isystem"].contains(&word.as_str()) {
            shared.push(word.clone());
            shared.extend(words.next().map(|path| absolute(path, objtree)));
        } else {
            shared.push(word.clone());
        }
    }
    // The headers want the names of a module; the helpers are no module of their own.
    shared.push("-DKBUILD_BASENAME=\"kmod\"".to_owned());
    shared.push("-DKBUILD_MODNAME=\"kmod\"".to_owned());
    shared.push("-D__KBUILD_MODNAME=kmod_kmod".to_owned());
    shared
}

fn absolute(path: &str, objtree: &Path) -> String {
    objtree
        .join(path.trim_start_matches("./"))
        .display()
        .to_string()
}

/// Those of the flags that tell clang how to read the headers: the language, the macros and where
/// to look. What tells gcc how to generate code is of no use to bindgen, and clang knows only a
/// part of it.
///
/// `own` are those of the kernel's architecture ([`Arch::clang`](crate::arch::Arch::clang)).
#[must_use]
pub fn for_clang(flags: &[String], own: &[&str]) -> Vec<String> {
    const KEPT: &[&str] = &[
        "-nostdinc",
        "-fshort-wchar",
        "-fms-extensions",
        "-fno-strict-aliasing",
        "-fno-common",
    ];
    const KEPT_PREFIXES: &[&str] = &["-I", "-D", "-U", "-std=", "-mcmodel="];
    let mut kept = Vec::new();
    let mut words = flags.iter();
    while let Some(word) = words.next() {
        if ["-I", "-include", "-isystem"].contains(&word.as_str()) {
            kept.push(word.clone());
            kept.extend(words.next().cloned());
        } else if KEPT.iter().chain(own).any(|flag| flag == word)
            || KEPT_PREFIXES.iter().any(|prefix| word.starts_with(prefix))
        {
            kept.push(word.clone());
        }
    }
    // Layouts are read, not warnings; and clang must take its headers' word for gcc's builtins.
    kept.extend(["-w", "-fno-builtin", "-D__BINDGEN__"].map(str::to_owned));
    kept
}

#[cfg(test)]
mod tests {
    use super::{for_clang, shared};
    use std::path::Path;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn two_modules_share_their_flags() {
        let a = words("-Wp,-MMD,/m/.a.o.d -I./include -O2 -pg -mfentry -DKBUILD_MODNAME=\"a\"");
        let b = words("-Wp,-MMD,/m/.b.o.d -I./include -O2 -pg -mfentry -DKBUILD_MODNAME=\"b\"");
        let a = shared(&a, Path::new("/k"));
        assert_eq!(a, shared(&b, Path::new("/k")));
        assert_eq!(a[..2], ["-I/k/include", "-O2"]);
    }

    #[test]
    fn more_warnings_change_nothing() {
        let some = words("-Wall -Wp,-DX -Werror=return-type -Wa,--y -O2");
        let more =
            words("-Wall -Wextra -Wp,-DX -DKBUILD_EXTRA_WARN1 -Werror=return-type -Wa,--y -O2");
        let some = shared(&some, Path::new("/k"));
        assert_eq!(some, shared(&more, Path::new("/k")));
        assert_eq!(
            some[..4],
            ["-Wp,-DX", "-Werror=return-type", "-Wa,--y", "-O2"]
        );
    }

    #[test]
    fn paths_of_two_words_become_absolute() {
        let flags = shared(
            &words("-include ./include/linux/kconfig.h"),
            Path::new("/k"),
        );
        assert_eq!(flags[..2], ["-include", "/k/include/linux/kconfig.h"]);
    }

    #[test]
    fn clang_sees_no_code_generation() {
        let flags = words("-nostdinc -include x.h -mfunction-return=thunk-extern -m64 -DX");
        let flags = for_clang(&flags, &["-m64"]);
        assert_eq!(flags[..5], ["-nostdinc", "-include", "x.h", "-m64", "-DX"]);
    }
}
