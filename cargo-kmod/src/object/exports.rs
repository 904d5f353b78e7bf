// SPDX-License-Identifier: GPL-2.0-only
//! The functions that other modules call: the C file that has kbuild export them, and whether they are still
//! what was recorded of the module's version.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use cargo_metadata::semver::Version;

use super::Request;
use crate::changed;
use crate::error::unfit;
use crate::package::Package;
use crate::uapi::{self, Described, Export, Function};

/// The record, beside the crate's Cargo.toml.
const RECORD: &str = "exports.abi";

/// The word before the version in it.
const VERSION: &str = "version ";

/// Writes the C file, and what the module exports as a record would have it.
///
/// # Errors
///
/// When the Makefile does not know of an export, or when what a version has exported is not what it exports now.
pub fn write(request: &Request, described: &Described) -> Result<()> {
    let functions = described.functions.iter();
    let exported: Vec<(&Function, &Export)> = functions
        .filter_map(|function| Some((function, function.export.as_ref()?)))
        .collect();
    let Some(file) = &request.exports else {
        return match exported.first() {
            Some((function, _)) => Err(unfit(format!(
                "`#[export] fn {}`: the Makefile saw no `#[export]` below {}/src",
                function.name,
                request.crate_dir.display()
            ))
            .help("write the attribute at the beginning of a line there, and take the newest Makefile.template")
            .into()),
            None => Ok(()),
        };
    };
    changed::write(file, c_file(&exported))?;
    let lines = lines(&exported);
    let record = request.crate_dir.join(RECORD);
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let made = file.with_file_name(format!("{name}.abi"));
    let version = Package::at(&request.crate_dir)?.version;
    changed::write(&made, text(&version, &lines))?;
    match fs::read_to_string(&record) {
        Ok(old) => compare(&record, &old, &version, &lines, &made),
        Err(_) => Ok(()),
    }
}

fn c_file(exported: &[(&Function, &Export)]) -> String {
    let mut text = "/* SPDX-License-Identifier: GPL-2.0-only */\n\
                    /* Made of the crate's #[export] by each build. */\n\
                    #include <linux/export.h>\n\
                    #include <linux/version.h>\n\n"
        .to_owned();
    // Without a namespace first.
    let (in_none, in_one): (Vec<_>, Vec<_>) = exported
        .iter()
        .partition(|(_, export)| export.namespace.is_empty());
    let word = |export: &Export| if export.gpl { "_GPL" } else { "" };
    for (function, export) in in_none {
        let _ = writeln!(text, "EXPORT_SYMBOL{}({});", word(export), function.name);
    }
    if in_one.is_empty() {
        return text;
    }
    let mut all = |before: &str, quote: &str| {
        text += before;
        for (function, export) in &in_one {
            let (word, name, namespace) = (word(export), &function.name, &export.namespace);
            let _ = writeln!(
                text,
                "EXPORT_SYMBOL_NS{word}({name}, {quote}{namespace}{quote});"
            );
        }
    };
    all("#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)\n", "\"");
    all("#else\n", "");
    text + "#endif\n"
}

/// What others rely on, a line each: who may call what, and of what it is made.
fn lines(exported: &[(&Function, &Export)]) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (function, export) in exported {
        lines.extend(uapi::layout(function));
        let mut line = uapi::declaration(function) + ";";
        if export.gpl {
            line += " GPL";
        }
        if !export.namespace.is_empty() {
            let _ = write!(line, " {}", export.namespace);
        }
        lines.insert(line);
    }
    lines
}

fn text(version: &str, lines: &BTreeSet<String>) -> String {
    let mut text = format!("{VERSION}{version}\n");
    for line in lines {
        text += line;
        text.push('\n');
    }
    text
}

/// Refuses a module that has taken away or changed what its version has exported before.
fn compare(
    record: &Path,
    old: &str,
    version: &str,
    lines: &BTreeSet<String>,
    made: &Path,
) -> Result<()> {
    let parse = |version: &str| version.trim().parse::<Version>().ok();
    let recorded = old.lines().find_map(|line| line.strip_prefix(VERSION));
    let Some((recorded, now)) = recorded.and_then(parse).zip(parse(version)) else {
        bail!(
            unfit(format!(
                "{}: there is no line `version 1.2.3`",
                record.display()
            ))
            .help(format!("cp {} {}", made.display(), record.display()))
        );
    };
    let old = old.lines().filter(|line| !line.starts_with(VERSION));
    let gone: Vec<&str> = old.filter(|line| !lines.contains(*line)).collect();
    if gone.is_empty() || !is_compatible(&recorded, &now) {
        return Ok(());
    }
    let list: String = gone.iter().map(|line| format!("\n    {line}")).collect();
    Err(unfit(format!(
        "what modules call of this one has changed, and its version {now} says that it has not since {recorded}; \
         it had{list}"
    ))
    .help(format!(
        "raise `version` in Cargo.toml to {}, or leave the functions as they were",
        next(&now)
    ))
    .help(format!(
        "at a release: cp {} {}",
        made.display(),
        record.display()
    ))
    .into())
}

/// Whether who takes `old` takes `new` for it, as cargo sees it.
fn is_compatible(old: &Version, new: &Version) -> bool {
    let leading = |version: &Version| match (version.major, version.minor) {
        (0, 0) => (0, 0, version.patch),
        (0, minor) => (0, minor, 0),
        (major, _) => (major, 0, 0),
    };
    leading(old) == leading(new)
}

/// The next version that promises nothing of this one.
fn next(version: &Version) -> Version {
    match (version.major, version.minor) {
        (0, 0) => Version::new(0, 0, version.patch + 1),
        (0, minor) => Version::new(0, minor + 1, 0),
        (major, _) => Version::new(major + 1, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{c_file, compare, lines, text};
    use crate::error;
    use crate::uapi::Described;

    const SUM: &str = r#"{"function":{"name":"z_sum","docs":"","is_rusts":true,"export":{"gpl":true,"namespace":"Z"},"params":[{"name":"of","value":{"kind":"reference","type":{"struct":{"name":"z","rust_name":"Z","docs":"","size":4,"fields":[{"name":"a","rust_name":"a","docs":"","offset":0,"type":{"len":4,"array":{"int":"u8"}}}]}},"is_mut":false}}],"returns":{"kind":"bool","is_mut":false}}}"#;
    const END: &str = r#"{"function":{"name":"z_end","docs":"","is_rusts":true,"export":{"gpl":false,"namespace":""},"params":[],"returns":{"kind":"void","is_mut":false}}}"#;
    const OWN: &str = r#"{"function":{"name":"z_own","docs":"","is_rusts":true,"params":[],"returns":{"kind":"void","is_mut":false}}}"#;

    fn with<T>(
        said: &str,
        of: impl FnOnce(&[(&crate::uapi::Function, &crate::uapi::Export)]) -> T,
    ) -> T {
        let described = Described::of(said).unwrap();
        let functions = described.functions.iter();
        let exported: Vec<_> = functions
            .filter_map(|function| Some((function, function.export.as_ref()?)))
            .collect();
        of(&exported)
    }

    #[test]
    fn each_is_exported_as_it_says() {
        let text = with(&[SUM, END, OWN].join("\n"), c_file);
        let (_, lines) = text.split_once("\n\n").unwrap();
        assert_eq!(
            lines,
            "EXPORT_SYMBOL(z_end);\n\
             #if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)\n\
             EXPORT_SYMBOL_NS_GPL(z_sum, \"Z\");\n\
             #else\n\
             EXPORT_SYMBOL_NS_GPL(z_sum, Z);\n\
             #endif\n"
        );
    }

    #[test]
    fn what_others_rely_on_changes_with_the_version() {
        let both = with(&[SUM, END].join("\n"), lines);
        let old = text("1.2.0", &both);
        assert_eq!(
            old,
            "version 1.2.0\nbool z_sum(const struct z *of); GPL Z\nstruct z { __u8 a[4]; };\n\
             void z_end(void);\n"
        );
        let compare = |old: &str, version: &str, lines| {
            compare(Path::new("a.abi"), old, version, lines, Path::new("b.abi"))
                .map_err(|error| error::message(&error))
        };
        compare(&old, "1.2.0", &both).unwrap();
        let more = with(
            &[
                SUM,
                END,
                &OWN.replace(
                    "\"params",
                    "\"export\":{\"gpl\":true,\"namespace\":\"\"},\"params",
                ),
            ]
            .join("\n"),
            lines,
        );
        compare(&old, "1.2.0", &more).unwrap();
        let fewer = with(SUM, lines);
        compare(&old, "2.0.0", &fewer).unwrap();
        let wider = with(
            &[&SUM.replace("\"len\":4", "\"len\":5"), END].join("\n"),
            lines,
        );
        for (lines, gone) in [
            (&fewer, "void z_end(void);"),
            (&wider, "struct z { __u8 a[4]; };"),
        ] {
            let said = compare(&old, "1.9.3", lines).unwrap_err();
            for words in [gone, "1.9.3", "1.2.0", "to 2.0.0", "cp b.abi a.abi"] {
                assert!(said.contains(words), "{words} is not in {said}");
            }
        }
        assert!(compare(&text("0.3.1", &both), "0.3.9", &fewer).is_err());
        compare(&text("0.3.1", &both), "0.4.0", &fewer).unwrap();
        assert!(compare("void z_end(void);\n", "1.0.0", &both).is_err());
    }
}
