// SPDX-License-Identifier: GPL-2.0-only
//! A test of what was found.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Found;

/// Writes it into the folder of the module's tests.
pub fn write(tests: &Path, found: &Found) -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    found.programs.hash(&mut hasher);
    let name = format!("fuzz_{:08x}", hasher.finish() as u32);
    let file = tests.join(format!("{name}.rs"));
    let write = || {
        fs::create_dir_all(tests)?;
        fs::write(&file, text(&name, found))
    };
    write().with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn text(name: &str, found: &Found) -> String {
    let programs: String = found
        .programs
        .iter()
        .map(|program| format!("    {program:?},\n"))
        .collect();
    let said = found.report.first().map_or("", String::as_str);
    format!(
        "// SPDX-License-Identifier: GPL-2.0-only\n\
         //! Found by `cargo kmod fuzz`: {said}\n\n\
         const PROGRAMS: &[&str] = &[\n{programs}];\n\n\
         #[test]\n\
         fn {name}() -> std::io::Result<()> {{\n    \
             let _module = kmod_test::load(&[])?;\n    \
             for _ in 0..16 {{\n        \
                 PROGRAMS.iter().for_each(|program| kmod_test::replay(program));\n    \
             }}\n    \
             Ok(())\n\
         }}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_has_the_program() {
        let found = Found {
            report: vec!["the kernel's log: BUG: KASAN".into()],
            programs: vec!["0 get /proc/a".into()],
            is_sure: true,
        };
        let dir = tempfile::tempdir().unwrap();
        let file = write(&dir.path().join("tests"), &found).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(text.contains(&format!("fn {name}()")), "{text}");
        assert!(text.contains("    \"0 get /proc/a\",\n"), "{text}");
        assert!(text.contains("//! Found by `cargo kmod fuzz`: the kernel's log: BUG: KASAN\n"));
    }
}
