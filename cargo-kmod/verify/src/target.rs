// SPDX-License-Identifier: GPL-2.0-only
//! The kernel that a module is for: its configuration, its exports, what its headers say.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use kmod_build::arch::Arch;
use kmod_build::config::Config;
use kmod_build::tree;

use crate::Kernel;
use crate::error::NoExports;

/// The kernel that a module is for.
pub struct Target {
    /// `uname -r` of it.
    pub release: String,
    /// Its configuration.
    pub config: Config,
    kdir: PathBuf,
    /// What modules export that do not come with it.
    others: Vec<PathBuf>,
    /// The symbols whose exports are asked for: a module's, of some ten thousand.
    wanted: HashSet<String>,
    exports: OnceCell<HashMap<String, Export>>,
}

/// A symbol that the kernel, or a module that comes with it, exports.
#[derive(Debug, PartialEq, Eq)]
pub struct Export {
    /// The CRC of its declaration; 0 without CONFIG_MODVERSIONS.
    pub crc: u32,
    /// Whether only modules with a licence compatible with the GPL get it.
    pub gpl_only: bool,
    /// The namespace that a module must import; mostly empty.
    pub namespace: String,
}

impl Target {
    /// The kernel; of what it and others export, `wanted`.
    pub fn read<'n>(kernel: &Kernel<'_>, wanted: impl Iterator<Item = &'n str>) -> Result<Self> {
        Ok(Self {
            release: kernel.release.to_owned(),
            config: Config::read(kernel.kdir)?,
            kdir: kernel.kdir.to_owned(),
            others: kernel.others.to_owned(),
            wanted: wanted.map(str::to_owned).collect(),
            exports: OnceCell::new(),
        })
    }

    /// Whether one of the options is set: kernels have renamed some.
    pub fn asks(&self, options: &[&str]) -> bool {
        options.iter().any(|option| self.config.is_set(option))
    }

    /// How many times as big as other kernels' the stack is.
    pub fn stacks(&self) -> u64 {
        match self.asks(&["KASAN_GENERIC", "KASAN_SW_TAGS"]) {
            true => 2,
            false => 1,
        }
    }

    /// What is exported of what is wanted, by name.
    pub fn exports(&self) -> Result<&HashMap<String, Export>> {
        if let Some(exports) = self.exports.get() {
            return Ok(exports);
        }
        let mut found = HashMap::new();
        let own = self.kdir.join("Module.symvers");
        for path in [own].into_iter().chain(self.others.iter().cloned()) {
            let text = match fs::read_to_string(&path) {
                Ok(text) => text,
                Err(source) => return Err(NoExports { path, source }.into()),
            };
            // The kernel's own go first.
            for (name, export) in exports(&text, &self.wanted) {
                found.entry(name).or_insert(export);
            }
        }
        Ok(self.exports.get_or_init(|| found))
    }

    /// Whether a header of the kernel holds `text`.
    pub fn header_has(&self, header: &str, text: &str) -> bool {
        self.header(header)
            .is_some_and(|found| found.contains(text))
    }

    /// The words that the loader compares: UTS_RELEASE and what of the configuration changes how
    /// kernel and module fit together (linux/vermagic.h).
    pub fn vermagic(&self) -> String {
        let mut words = vec![self.release.as_str()];
        if self.config.is_set("SMP") {
            words.push("SMP");
        }
        let preempt = self.asks(&["PREEMPT_BUILD"])
            || self.asks(&["PREEMPT"]) && !self.vermagic_h().contains("CONFIG_PREEMPT_BUILD");
        let realtime = self.config.is_set("PREEMPT_RT");
        // Newer kernels look for the real-time kernel first, which may be both.
        let header = self.vermagic_h();
        let realtime_first = header.find("CONFIG_PREEMPT_RT") < header.find("CONFIG_PREEMPT_BUILD");
        match (preempt, realtime) {
            (true, true) if realtime_first => words.push("preempt_rt"),
            (true, _) => words.push("preempt"),
            (false, true) => words.push("preempt_rt"),
            (false, false) => {}
        }
        if self.config.is_set("MODULE_UNLOAD") {
            words.push("mod_unload");
        }
        if self.config.is_set("MODVERSIONS") {
            words.push("modversions");
        }
        words.extend(Arch::of(&self.config).and_then(|arch| arch.vermagic));
        words.join(" ")
    }

    fn vermagic_h(&self) -> String {
        self.header("include/linux/vermagic.h").unwrap_or_default()
    }

    fn header(&self, header: &str) -> Option<String> {
        fs::read_to_string(self.kdir.join(header))
            .or_else(|_| fs::read_to_string(tree::source(&self.kdir)?.join(header)))
            .ok()
    }
}

/// Lines of `CRC SYMBOL MODULE EXPORT_SYMBOL[_GPL] NAMESPACE`, with tabs between.
fn exports(symvers: &str, wanted: &HashSet<String>) -> HashMap<String, Export> {
    let export = |line: &str| {
        let mut words = line.split('\t');
        let crc = words.next()?.strip_prefix("0x")?;
        let name = words.next().filter(|name| wanted.contains(*name))?;
        let kind = words.nth(1)?;
        let export = Export {
            crc: u32::from_str_radix(crc, 16).ok()?,
            gpl_only: kind.starts_with("EXPORT_SYMBOL_GPL"),
            namespace: words.next().unwrap_or_default().trim().to_owned(),
        };
        Some((name.to_owned(), export))
    };
    symvers.lines().filter_map(export).collect()
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    #[test]
    fn a_line_of_module_symvers_is_understood() {
        let wanted = ["phys_base", "cxl_x"].map(str::to_owned);
        let found = exports(
            "0x4c9d28b0\tphys_base\tvmlinux\tEXPORT_SYMBOL\t\n\
             0x12345678\tnot_wanted\tvmlinux\tEXPORT_SYMBOL\t\n\
             0x00000000\tcxl_x\tdrivers/cxl/core\tEXPORT_SYMBOL_GPL\tCXL\n",
            &wanted.into(),
        );
        assert_eq!(found.len(), 2);
        let [plain, bound] = ["phys_base", "cxl_x"].map(|name| &found[name]);
        assert_eq!((plain.crc, plain.gpl_only), (0x4c9d_28b0, false));
        assert_eq!((bound.gpl_only, bound.namespace.as_str()), (true, "CXL"));
    }

    #[test]
    fn what_other_modules_export_is_there_besides() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("include/config")).unwrap();
        fs::write(dir.path().join("include/config/auto.conf"), "").unwrap();
        let line = |crc, name| format!("{crc:#010x}\t{name}\tm\tEXPORT_SYMBOL\t\n");
        fs::write(dir.path().join("Module.symvers"), line(1, "kernels")).unwrap();
        let other = dir.path().join("other.symvers");
        let kernel = Kernel {
            release: "6.1.0-x",
            kdir: dir.path(),
            others: std::slice::from_ref(&other),
        };
        let wanted = ["kernels", "others"];
        let read = || Target::read(&kernel, wanted.into_iter()).unwrap();
        let refused = read().exports().unwrap_err().to_string();
        assert!(refused.contains("other.symvers"), "{refused}");
        fs::write(&other, line(2, "kernels") + &line(3, "others")).unwrap();
        let target = read();
        let crc = |name| target.exports().unwrap()[name].crc;
        assert_eq!(["kernels", "others"].map(crc), [1, 3]);
    }

    /// What is read of a build folder with that header of the words and that configuration.
    fn read<R>(header: &str, config: &str, ask: impl FnOnce(&Target) -> R) -> R {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("include/linux/vermagic.h", header),
            ("include/config/auto.conf", config),
        ] {
            let file = dir.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let kernel = Kernel {
            release: "6.1.0-x",
            kdir: dir.path(),
            others: &[],
        };
        ask(&Target::read(&kernel, iter::empty()).unwrap())
    }

    fn vermagic(header: &str, config: &str) -> String {
        read(header, config, Target::vermagic)
    }

    #[test]
    fn stacks_are_twice_as_big_where_kasan_is() {
        let stacks = |config| read("", config, Target::stacks);
        assert_eq!(stacks("CONFIG_KASAN=y\nCONFIG_KASAN_GENERIC=y\n"), 2);
        assert_eq!(stacks("CONFIG_KASAN=y\nCONFIG_KASAN_HW_TAGS=y\n"), 1);
        assert_eq!(stacks("CONFIG_SMP=y\n"), 1);
    }

    #[test]
    fn vermagic_is_what_the_header_makes_of_the_configuration() {
        let old = "#ifdef CONFIG_PREEMPT\n#elif defined(CONFIG_PREEMPT_RT)\n";
        let middle = "#ifdef CONFIG_PREEMPT_BUILD\n#elif defined(CONFIG_PREEMPT_RT)\n";
        let new = "#ifdef CONFIG_PREEMPT_RT\n#elif defined(CONFIG_PREEMPT_BUILD)\n";
        let debian = "CONFIG_SMP=y\nCONFIG_MODULE_UNLOAD=y\nCONFIG_MODVERSIONS=y\n";
        assert_eq!(vermagic(old, debian), "6.1.0-x SMP mod_unload modversions");
        assert_eq!(vermagic(old, "CONFIG_PREEMPT=y\n"), "6.1.0-x preempt");
        assert_eq!(vermagic(middle, "CONFIG_PREEMPT=y\n"), "6.1.0-x");
        let both = "CONFIG_PREEMPT_BUILD=y\nCONFIG_PREEMPT_RT=y\n";
        assert_eq!(vermagic(middle, both), "6.1.0-x preempt");
        assert_eq!(vermagic(new, both), "6.1.0-x preempt_rt");
    }
}
