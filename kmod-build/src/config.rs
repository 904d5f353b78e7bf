// SPDX-License-Identifier: GPL-2.0-only
//! The configuration that a kernel was built with, as kbuild wrote it down.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The options of a kernel, from `include/config/auto.conf` of its build tree.
#[derive(Clone, Debug, Default)]
pub struct Config {
    options: HashMap<String, String>,
}

/// Why a configuration cannot be had.
#[derive(Debug)]
pub struct ConfigError {
    path: PathBuf,
    source: io::Error,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot read the kernel's configuration {}: {}",
            self.path.display(),
            self.source
        )
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl Config {
    /// Reads the configuration of the build tree `objtree`.
    ///
    /// # Errors
    ///
    /// When the tree has not been prepared, or the file cannot be read.
    pub fn read(objtree: &Path) -> Result<Self, ConfigError> {
        let path = objtree.join("include/config/auto.conf");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(source) => Err(ConfigError { path, source }),
        }
    }

    /// Reads `CONFIG_NAME=value` lines; comments and what else there is are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let options = text
            .lines()
            .filter_map(|line| line.strip_prefix("CONFIG_")?.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
            .collect();
        Self { options }
    }

    /// Whether the option, named without `CONFIG_`, is built in.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.get(name) == Some("y")
    }

    /// The option's value, without quotes.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn reads_options_and_passes_over_comments() {
        let config = Config::parse(
            "# CONFIG_RUST is not set\nCONFIG_X86_64=y\nCONFIG_LOCALVERSION=\"-x\"\nCONFIG_FRAME_WARN=2048\n",
        );
        assert!(config.is_set("X86_64"));
        assert!(!config.is_set("RUST"));
        assert_eq!(config.get("LOCALVERSION"), Some("-x"));
        assert_eq!(config.get("FRAME_WARN"), Some("2048"));
    }
}
