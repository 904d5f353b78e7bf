// SPDX-License-Identifier: GPL-2.0-only
//! What a kernel asks of its VM: one that checks itself is slow, and takes more memory; one of another architecture
//! has more processors than the host has for it.

use std::time::Duration;

use kmod_build::config::Config;

/// From QEMU's start to the guest's first word: two or three seconds, on a busy host ten times that.
const BOOT_LIMIT: Duration = Duration::from_secs(90);

/// Of these each makes a kernel several times slower.
const SLOW: &[&str] = &["KASAN", "KCSAN", "PROVE_LOCKING"];

/// How many times as long as the host's own things take on another architecture: QEMU translates them, and shares the
/// host's processors out among more of the guest's.
const FOREIGN: u32 = 4;

/// What a kernel asks of its VM, by its configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demands {
    /// How many times as long as on a distribution's kernel things may take.
    pub times: u32,
    /// Memory, in megabytes.
    pub memory: u32,
    /// Words for its command line.
    pub words: &'static [&'static str],
    /// Whether it looks for memory that nothing refers to any more.
    pub finds_leaks: bool,
}

impl Demands {
    /// What the kernel of this configuration asks; whether it is for another architecture than the host's.
    pub fn of(config: &Config, is_foreign: bool) -> Self {
        let slow = SLOW.iter().any(|option| config.is_set(option));
        Self {
            times: if slow { 6 } else { 1 } * if is_foreign { FOREIGN } else { 1 },
            memory: if slow { 1024 } else { 512 },
            // Without it, KASAN is silent after its first report.
            words: match config.is_set("KASAN") {
                true => &["kasan_multi_shot"],
                false => &[],
            },
            finds_leaks: config.is_set("DEBUG_KMEMLEAK"),
        }
    }

    /// The time limit from QEMU's start to the guest's first word.
    pub fn boot_limit(&self) -> Duration {
        self.times * BOOT_LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_kernel_that_checks_itself_asks_for_more() {
        let plain = Demands::of(&Config::parse("CONFIG_KFENCE=y\n"), false);
        assert_eq!((plain.times, plain.memory), (1, 512));
        assert!(plain.words.is_empty() && !plain.finds_leaks);
        let config = Config::parse("CONFIG_KASAN=y\nCONFIG_DEBUG_KMEMLEAK=y\n");
        let checking = Demands::of(&config, false);
        assert!(checking.times > 1 && checking.memory > 512 && checking.finds_leaks);
        assert_eq!(checking.words, ["kasan_multi_shot"]);
    }

    #[test]
    fn another_architecture_takes_longer() {
        for config in ["CONFIG_KFENCE=y\n", "CONFIG_KASAN=y\n"].map(Config::parse) {
            let [own, foreign] = [false, true].map(|is_foreign| Demands::of(&config, is_foreign));
            assert!(foreign.boot_limit() > own.boot_limit());
            assert_eq!(foreign.memory, own.memory);
        }
    }
}
