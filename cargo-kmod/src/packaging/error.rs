// SPDX-License-Identifier: GPL-2.0-only
//! Why a package cannot be made.

use std::path::PathBuf;

/// Why a package cannot be made, and after a line break what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The crate's metadata are not of the form.
    #[error(
        "package.metadata.kmod.package in the Cargo.toml of `{package}` is not understood: {why}\n\
         = help: it takes maintainer = \"NAME <ADDRESS>\", revision = 1, load-at-boot = true, depends = [\"PACKAGE\"]"
    )]
    Settings {
        /// The crate's package.
        package: String,
        /// What is wrong.
        why: String,
    },
    /// Nobody is known to be responsible for the package.
    #[error(
        "a package names who makes it, by name and mail address, and `{package}` names nobody\n\
         = help: in its Cargo.toml: [package.metadata.kmod.package] maintainer = \"NAME <ADDRESS>\"; or set \
         DEBFULLNAME and DEBEMAIL"
    )]
    NoMaintainer {
        /// The crate's package.
        package: String,
    },
    /// What somebody is called is no name and address.
    #[error(
        "`{text}` is no name with a mail address\n\
         = help: write it as Debian does: NAME <ADDRESS>"
    )]
    BadMaintainer {
        /// What was given.
        text: String,
    },
    /// The licence's text is nowhere.
    #[error(
        "a package has its licence in it, and the text of `{licence}` is neither on every Debian system nor in a \
         file LICENSE or COPYING of the crate\n\
         = help: add the file; or name the licence in Cargo.toml: license = \"GPL-2.0-only\""
    )]
    NoLicence {
        /// As Cargo.toml names it.
        licence: String,
    },
    /// The environment's date is none.
    #[error(
        "SOURCE_DATE_EPOCH is `{text}`, and not a number of seconds since 1970\n\
         = help: set it to what `date +%s` prints, or unset it"
    )]
    BadEpoch {
        /// What was given.
        text: String,
    },
    /// A file to sign with is not there.
    #[error(
        "{} is not there, and modules are to be signed with it\n\
         = help: openssl req -new -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=NAME/ -keyout key.pem \
         -out cert.pem; on each machine: mokutil --import, of cert.pem as DER", path.display()
    )]
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// The kernel's headers cannot sign.
    #[error(
        "the build folder of Linux {release} has no scripts/sign-file\n\
         = help: leave the module unsigned for it: this kernel asks for no signatures"
    )]
    NoSigning {
        /// The kernel.
        release: String,
    },
    /// A program that makes a part of the package has failed.
    #[error("{command} failed: {said}")]
    Failed {
        /// As one would type it.
        command: String,
        /// What it said.
        said: String,
    },
    /// The module has no build id, or one of another form.
    #[error("{} is not a module as kbuild links it: {why}", path.display())]
    NoModule {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        why: String,
    },
}

impl Error {
    /// Whether the author has to change something, and not the host.
    pub fn is_usage(&self) -> bool {
        !matches!(self, Error::Failed { .. } | Error::NoModule { .. })
    }
}
