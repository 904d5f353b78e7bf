// SPDX-License-Identifier: GPL-2.0-only
//! The distribution's own modules: `[package.metadata.kmod] modules` in a package's Cargo.toml.
//!
//! What a module needs of them is in its VM, loaded before the tests begin. They are taken out of the
//! kernel's package, each with those that it depends on, and kept in the cache.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use object::{Object as _, ObjectSection as _};
use serde_json::Value;

use super::{Kernel, table};
use crate::context::Context;
use crate::debian::{Apt, unpack};
use crate::error::{host, usage};
use crate::process;

/// Where they are in the cache.
const MODULES: &str = "modules";

/// The file in an entry that lists its modules, each after those that it depends on.
const ORDER: &str = "order";

/// Where the kernel's own are below the folder of a release's modules.
const KERNEL: &str = "kernel";

/// The modules that a package lists, each with its parameters, as `insmod` takes them; none if it lists none.
pub fn listed(package: &str, metadata: &Value) -> Result<Vec<Vec<String>>> {
    let value = &metadata["kmod"]["modules"];
    if value.is_null() {
        return Ok(Vec::new());
    }
    let listed: Option<Vec<String>> = serde_json::from_value(value.clone()).ok();
    let words = |text: &String| text.split_whitespace().map(str::to_owned).collect();
    let listed = listed.map(|all| all.iter().map(words).collect::<Vec<Vec<String>>>());
    let listed = listed.filter(|all| {
        all.iter()
            .all(|words| words.first().is_some_and(|name| is_name(name)))
    });
    listed.ok_or_else(|| {
        usage(format!(
            "package.metadata.kmod.modules in the Cargo.toml of `{package}` is no list \
             of the kernel's modules"
        ))
        .help(
            "modules = [\"evdev\", \"i2c-stub chip_addr=0x48\"], each as insmod takes \
             it, without `.ko`",
        )
        .into()
    })
}

/// Whether it is written as modules' names are.
fn is_name(text: &str) -> bool {
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && !text.starts_with('-') && text.chars().all(of_name)
}

/// The files of these modules and of those that they depend on, each after its own. What the kernel has built
/// in is left out.
pub fn files(ctx: &Context, kernel: &Kernel, names: &[&str]) -> Result<Vec<PathBuf>> {
    let mut names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let entry = Path::new(MODULES)
        .join(&kernel.release)
        .join(names.join("+"));
    let folder = ctx.cache.entry(&entry, |dir| {
        let host = Path::new("/lib/modules").join(&kernel.release);
        if host.join("kernel").is_dir() {
            return take(&host, KERNEL, &names, &kernel.release, dir);
        }
        // One that is made here has nearly all built in, and the others where they were made.
        if table::made().any(|name| name.version(&kernel.release).is_some()) {
            return take(&kernel.kdir, "", &names, &kernel.release, dir);
        }
        let unpacked = tempfile::tempdir_in(dir)?;
        let tree = fetch(ctx, kernel, unpacked.path())?;
        take(&tree, KERNEL, &names, &kernel.release, dir)?;
        Ok(unpacked.close()?)
    })?;
    let order = fs::read_to_string(folder.join(ORDER))?;
    Ok(order.lines().map(|name| folder.join(name)).collect())
}

/// A module's name as the kernel writes it.
fn plain(name: &str) -> String {
    name.replace('-', "_")
}

/// Unpacks the package that has a kernel's modules; gives the folder that they are in.
fn fetch(ctx: &Context, kernel: &Kernel, to: &Path) -> Result<PathBuf> {
    let release = &kernel.release;
    let Some(series) = table::series_of(release) else {
        bail!(
            host(format!(
                "the modules of {release} are not those of a kernel that is known"
            ))
            .help("install the kernel, or name one of the table with -k")
        );
    };
    let again = format!("cargo kmod test {}", kernel.option.trim_end());
    let apt = Apt::update_for(ctx, series.debian, kernel.arch, &again)?;
    // Since 7.0 they have a package of their own.
    let own = format!("linux-modules-{release}");
    let package = match apt.names(&own)?.contains(&own) {
        true => own,
        false => format!("linux-image-{release}"),
    };
    let phase = ctx
        .progress
        .phase(format!("fetching the modules of {release}"));
    for deb in apt.download(&[package], to, &phase)? {
        phase.detail("unpacking");
        unpack(ctx, &deb, to)?;
    }
    phase.done();
    let tree = Path::new("lib/modules").join(release);
    let places = [to.join("usr").join(&tree), to.join(&tree)];
    let found = places.into_iter().find(|place| place.is_dir());
    found.with_context(|| format!("the package of Linux {release} has no modules"))
}

/// Copies modules out of a kernel's folder, where they are `below` it, each with those that it depends on, and lists
/// them.
fn take(tree: &Path, below: &str, names: &[String], release: &str, to: &Path) -> Result<()> {
    let mut all = BTreeMap::new();
    find(&tree.join(below), &mut all)?;
    let builtin = fs::read_to_string(tree.join("modules.builtin")).unwrap_or_default();
    let builtin: Vec<String> = builtin
        .lines()
        .filter_map(|line| stem(Path::new(line)))
        .collect();
    let mut order = Vec::new();
    for name in names {
        add(name, &all, &builtin, release, to, &mut order)?;
    }
    fs::write(to.join(ORDER), order.join("\n"))?;
    Ok(())
}

/// All files of modules below a folder, by their names.
fn find(folder: &Path, all: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, all)?;
        } else if let Some(name) = stem(&path) {
            all.insert(name, path);
        }
    }
    Ok(())
}

/// The name of the module in a file, packed or not.
fn stem(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let (name, packed) = name.split_once(".ko")?;
    matches!(packed, "" | ".xz" | ".zst" | ".gz").then(|| plain(name))
}

/// Copies one module, after those that it depends on.
fn add(
    name: &str,
    all: &BTreeMap<String, PathBuf>,
    builtin: &[String],
    release: &str,
    to: &Path,
    order: &mut Vec<String>,
) -> Result<()> {
    let file = format!("{name}.ko");
    if order.contains(&file) || builtin.iter().any(|built| built == name) {
        return Ok(());
    }
    let Some(from) = all.get(name) else {
        bail!(
            usage(format!("Linux {release} has no module `{name}`")).help(
                "package.metadata.kmod.modules names it; `config` there names what a \
                 kernel must have"
            )
        );
    };
    let place = to.join(&file);
    copy(from, &place)?;
    for needed in depends(&fs::read(&place)?) {
        add(&plain(&needed), all, builtin, release, to, order)?;
    }
    order.push(file);
    Ok(())
}

/// Copies a module, unpacked.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let program = match from.extension().and_then(|extension| extension.to_str()) {
        Some("xz") => "xz",
        Some("zst") => "zstd",
        Some("gz") => "gzip",
        _ => {
            fs::copy(from, to).with_context(|| format!("cannot write {}", to.display()))?;
            return Ok(());
        }
    };
    let mut command = process::command(program);
    command.arg("-dc").arg(from);
    let output = command
        .output()
        .with_context(|| format!("cannot start {program}, which unpacks the kernel's modules"))?;
    if !output.status.success() {
        bail!("{program} cannot unpack {}", from.display());
    }
    fs::write(to, output.stdout).with_context(|| format!("cannot write {}", to.display()))
}

/// What a module says that it depends on.
fn depends(ko: &[u8]) -> Vec<String> {
    let section = object::File::parse(ko).ok().and_then(|file| {
        let section = file.section_by_name(".modinfo")?;
        Some(section.data().ok()?.to_vec())
    });
    let section = section.unwrap_or_default();
    let mut entries = section.split(|byte| *byte == 0);
    let depends = entries.find_map(|entry| entry.strip_prefix(b"depends="));
    let depends = String::from_utf8_lossy(depends.unwrap_or_default());
    let names = depends.split(',').filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_package_lists_modules_with_their_parameters() {
        let of = |value| listed("keys", &value).map_err(|error| error.to_string());
        assert_eq!(of(json!({})), Ok(Vec::new()));
        let two = json!({"kmod": {"modules": ["evdev", "i2c-stub chip_addr=0x48"]}});
        let two = of(two).unwrap();
        assert_eq!(two[0], ["evdev"]);
        assert_eq!(two[1], ["i2c-stub", "chip_addr=0x48"]);
        for wrong in [
            json!("evdev"),
            json!([""]),
            json!(["evdev.ko"]),
            json!(["-x"]),
        ] {
            let error = of(json!({"kmod": {"modules": wrong}})).unwrap_err();
            assert!(error.contains("`keys` is no list"), "{error}");
        }
    }

    #[test]
    fn what_is_built_in_is_left_out_and_what_is_not_there_is_told() {
        let tree = tempfile::tempdir().unwrap();
        let to = tempfile::tempdir().unwrap();
        let drivers = tree.path().join("kernel/drivers");
        fs::create_dir_all(&drivers).unwrap();
        fs::write(drivers.join("led-one.ko"), "").unwrap();
        fs::write(
            tree.path().join("modules.builtin"),
            "kernel/drivers/led-two.ko\n",
        )
        .unwrap();
        let take = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
            take(tree.path(), KERNEL, &names, "6.1", to.path())
        };
        take(&["led-two", "led-one", "led-one"]).unwrap();
        let order = fs::read_to_string(to.path().join(ORDER)).unwrap();
        assert_eq!(order, "led_one.ko");
        let error = crate::error::message(&take(&["led-three"]).unwrap_err());
        assert!(error.contains("no module `led_three`"), "{error}");
    }

    #[test]
    fn modules_of_a_kernel_that_is_made_are_where_they_were_made() {
        let [tree, to] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let drivers = tree.path().join("drivers/i2c");
        fs::create_dir_all(&drivers).unwrap();
        fs::write(drivers.join("i2c-stub.ko"), "").unwrap();
        take(tree.path(), "", &["i2c_stub".into()], "6.1", to.path()).unwrap();
        assert!(to.path().join("i2c_stub.ko").is_file());
    }

    #[test]
    fn a_packed_module_has_the_same_name() {
        let name = |path: &str| stem(Path::new(path));
        assert_eq!(name("a/led-class.ko.xz").as_deref(), Some("led_class"));
        assert_eq!(name("a/led-class.ko").as_deref(), Some("led_class"));
        assert_eq!(name("a/led-class.ko.sig"), None);
        assert_eq!(name("a/modules.dep"), None);
    }
}
