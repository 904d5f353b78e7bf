// SPDX-License-Identifier: GPL-2.0-only
//! Options that are cargo's, and go to it.

/// What cargo is given wherever it compiles the crate.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Options for cargo")]
pub struct CargoArgs {
    /// Features of the crate (repeatable; several with commas between)
    #[arg(short = 'F', long, value_name = "NAMES")]
    features: Vec<String>,
    /// All features of the crate
    #[arg(long)]
    all_features: bool,
    /// Without the crate's default features
    #[arg(long)]
    no_default_features: bool,
    /// With the versions in Cargo.lock, which stays as it is
    #[arg(long)]
    locked: bool,
    /// Without network
    #[arg(long)]
    offline: bool,
}

impl CargoArgs {
    /// As cargo takes them.
    pub fn words(&self) -> Vec<String> {
        let features = self.features.iter();
        let mut words: Vec<String> = features.map(|name| format!("--features={name}")).collect();
        let switches = [
            (self.all_features, "--all-features"),
            (self.no_default_features, "--no-default-features"),
            (self.locked, "--locked"),
            (self.offline, "--offline"),
        ];
        let given = switches.iter().filter(|(given, _)| *given);
        words.extend(given.map(|(_, word)| (*word).to_owned()));
        words
    }
}
