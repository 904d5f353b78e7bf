// SPDX-License-Identifier: GPL-2.0-only
//! Why a package cannot be made.

use std::path::PathBuf;

use crate::error::{Failure, host, usage};

/// Why a package cannot be made; as a [`Failure`] it says what to do, too.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The crate's metadata are not of the form.
    #[error(
        "package.metadata.kmod.package in the Cargo.toml of `{package}` is not understood: {why}"
    )]
    Settings {
        /// The crate's package.
        package: String,
        /// What is wrong.
        why: String,
    },
    /// Nobody is known to be responsible for the package.
    #[error("a package names who makes it, by name and mail address, and `{package}` names nobody")]
    NoMaintainer {
        /// The crate's package.
        package: String,
    },
    /// What somebody is called is no name and address.
    #[error("`{text}` is no name with a mail address")]
    BadMaintainer {
        /// What was given.
        text: String,
    },
    /// The licence's text is nowhere.
    #[error(
        "a package has its licence in it, and the text of `{licence}` is neither on every Debian system nor in a \
         file LICENSE or COPYING of the crate"
    )]
    NoLicence {
        /// As Cargo.toml names it.
        licence: String,
    },
    /// The environment's date is none.
    #[error("SOURCE_DATE_EPOCH is `{text}`, and not a number of seconds since 1970")]
    BadEpoch {
        /// What was given.
        text: String,
    },
    /// A file to sign with is not there.
    #[error("{} is not there, and modules are to be signed with it", path.display())]
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// A key has a passphrase that was not given.
    #[error("{} has a passphrase, and modules are to be signed with it", path.display())]
    ProtectedKey {
        /// The file.
        path: PathBuf,
    },
    /// A certificate's time is over.
    #[error("the certificate {} has expired", path.display())]
    Expired {
        /// The file.
        path: PathBuf,
    },
    /// A unit is not there, or has no unit's name.
    #[error("package.metadata.kmod.package names `{}`, which is no file of the crate that systemd takes for a unit", path.display())]
    NoUnit {
        /// As the crate names it.
        path: PathBuf,
    },
    /// dpkg would take a version for newer than the one that comes after it.
    #[error(
        "dpkg orders versions as `{version}` otherwise than cargo does: `{part}` has both letters and digits, or a `-`"
    )]
    Order {
        /// The crate's version.
        version: String,
        /// The part of it.
        part: String,
    },
    /// The kernel's headers cannot sign.
    #[error("the build folder of Linux {release} has no scripts/sign-file")]
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
    /// What to do about it.
    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Error::Settings { .. } => {
                "it takes maintainer = \"NAME <ADDRESS>\", revision = 1, load-at-boot = true, depends = [\"PACKAGE\"], \
                 initramfs = true, units = [\"systemd/NAME.service\"]"
            }
            Error::NoMaintainer { .. } => {
                "in its Cargo.toml: [package.metadata.kmod.package] maintainer = \"NAME <ADDRESS>\"; or set \
                 DEBFULLNAME and DEBEMAIL"
            }
            Error::BadMaintainer { .. } => "write it as Debian does: NAME <ADDRESS>",
            Error::NoLicence { .. } => {
                "add the file; or name the licence in Cargo.toml: license = \"GPL-2.0-only\""
            }
            Error::BadEpoch { .. } => "set it to what `date +%s` prints, or unset it",
            Error::NoKey { .. } => {
                "add --new-key, which makes a key and its certificate where neither is there"
            }
            Error::ProtectedKey { .. } => {
                "give it to the command: KBUILD_SIGN_PIN=PASSPHRASE cargo kmod package ..."
            }
            Error::Expired { .. } => {
                "make another one, and have the machines learn it before they get the module: mokutil --import, of it \
                 as DER"
            }
            Error::NoUnit { .. } => {
                "name a file below the crate's folder: units = [\"systemd/ticketd.service\"]"
            }
            Error::Order { .. } => "write each part of it in letters or in digits: 1.0.0-rc.1",
            Error::NoSigning { .. } => {
                "leave the module unsigned for it: this kernel asks for no signatures"
            }
            Error::Failed { .. } | Error::NoModule { .. } => return None,
        })
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // The author has to change what something can be said of.
        match error.help() {
            Some(help) => usage(error.to_string()).help(help),
            None => host(error.to_string()),
        }
    }
}
