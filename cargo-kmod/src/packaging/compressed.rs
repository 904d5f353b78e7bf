// SPDX-License-Identifier: GPL-2.0-only
//! The module as the kernel's own are installed: with some kernels they are compressed.

use std::path::Path;

use anyhow::Result;
use kmod_build::config::Config;

use super::tools;
use crate::process;

/// A way to compress modules: the kernel's option, what a file's name ends with, and the command, which writes the
/// same bytes whenever it is run.
struct Way {
    option: &'static str,
    end: &'static str,
    command: &'static [&'static str],
}

/// Those of the kernel's `scripts/Makefile.modinst`.
const WAYS: [Way; 3] = [
    Way {
        option: "MODULE_COMPRESS_XZ",
        end: ".xz",
        // Modules are decompressed by readers who know this sum, and with this much memory, only.
        command: &[
            "xz",
            "--stdout",
            "--check=crc32",
            "--lzma2=dict=1MiB",
            "--threads=1",
        ],
    },
    Way {
        option: "MODULE_COMPRESS_GZIP",
        end: ".gz",
        command: &["gzip", "--stdout", "--no-name"],
    },
    Way {
        option: "MODULE_COMPRESS_ZSTD",
        end: ".zst",
        command: &["zstd", "--stdout", "--quiet", "--single-thread"],
    },
];

/// What is to be added to the name of a module for a kernel of that configuration, and the contents of the file.
pub fn module(config: &Config, ko: &Path) -> Result<(&'static str, Vec<u8>)> {
    let Some(way) = WAYS.iter().find(|way| config.is_set(way.option)) else {
        return Ok(("", std::fs::read(ko)?));
    };
    let (program, words) = way.command.split_first().unwrap_or((&"", &[]));
    let contents = tools::output(process::command(program).args(words).arg(ko))?;
    Ok((way.end, contents))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::process::Command;

    fn made(option: &str, ko: &Path) -> Result<(&'static str, Vec<u8>)> {
        let kdir = tempfile::tempdir().unwrap();
        let file = kdir.path().join("include/config/auto.conf");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, format!("CONFIG_{option}=y\n")).unwrap();
        module(&Config::read(kdir.path()).unwrap(), ko)
    }

    #[test]
    fn a_module_is_compressed_as_the_kernels_own_are() {
        let folder = tempfile::tempdir().unwrap();
        let ko = folder.path().join("a.ko");
        let text = "code and data ".repeat(1000);
        fs::write(&ko, &text).unwrap();
        let (end, contents) = made("MODULE_COMPRESS_NONE", &ko).unwrap();
        assert!(end.is_empty() && contents == text.as_bytes());
        for (option, end) in [
            ("MODULE_COMPRESS_XZ", ".xz"),
            ("MODULE_COMPRESS_GZIP", ".gz"),
        ] {
            let (found, contents) = made(option, &ko).unwrap();
            assert_eq!(found, end);
            assert!(contents.len() < text.len());
            let small = folder.path().join(format!("b.ko{end}"));
            fs::write(&small, contents).unwrap();
            let program = if end == ".xz" { "xz" } else { "gzip" };
            let read = Command::new(program).arg("-dc").arg(&small).output();
            assert_eq!(read.unwrap().stdout, text.as_bytes());
        }
    }
}
