// SPDX-License-Identifier: GPL-2.0-only
//! Signing a module, by the program that the kernel's headers have for it: kernels that demand signatures (Secure
//! Boot, `module.sig_enforce`) know the key by its certificate.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use kmod_build::config::Config;

use super::error::Error;
use super::tools;
use crate::error::Failure;
use crate::kernels::Kernel;
use crate::process;

/// A private key, and the certificate that belongs to it.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The key, in PEM. With a passphrase, that is in `KBUILD_SIGN_PIN`.
    pub key: PathBuf,
    /// The certificate, in PEM or DER: what `mokutil --import` takes.
    pub certificate: PathBuf,
}

/// Gives the passphrase of a key to sign with, as kbuild has it.
const PASSPHRASE: &str = "KBUILD_SIGN_PIN";

/// What stands before a certificate in PEM.
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";

/// What signs, in a kernel's build folder.
const PROGRAM: &str = "scripts/sign-file";

/// The option with the hash that the kernel's own modules are signed with.
const HASH: &str = "MODULE_SIG_HASH";

impl Signer {
    /// The files, if both are there.
    pub fn of(key: &Path, certificate: &Path) -> Result<Signer, Error> {
        for file in [key, certificate] {
            if !file.is_file() {
                return Err(Error::NoKey {
                    path: file.to_owned(),
                });
            }
        }
        let text = fs::read_to_string(key).unwrap_or_default();
        let is_protected = text.lines().any(|line| line.contains("ENCRYPTED"));
        if is_protected && env::var_os(PASSPHRASE).is_none() {
            let path = key.to_owned();
            return Err(Error::ProtectedKey { path });
        }
        if has_expired(certificate) {
            let path = certificate.to_owned();
            return Err(Error::Expired { path });
        }
        Ok(Signer {
            key: key.to_owned(),
            certificate: certificate.to_owned(),
        })
    }

    /// Makes a key and its certificate, for ten years, where neither is there; a key that is there is nobody's to replace.
    pub fn make(key: &Path, certificate: &Path, name: &str) -> Result<()> {
        if key.exists() || certificate.exists() {
            return Ok(());
        }
        let mut openssl = process::command("openssl");
        openssl
            .args(["req", "-new", "-x509", "-newkey", "rsa:2048", "-nodes"])
            .args(["-days", "3650", "-subj", &format!("/CN={name} modules/")])
            .arg("-keyout")
            .arg(key)
            .arg("-out")
            .arg(certificate);
        tools::output(&mut openssl)?;
        Ok(())
    }

    /// The certificate in DER, as `mokutil --import` takes it.
    pub fn der(&self) -> Result<Vec<u8>> {
        let contents = fs::read(&self.certificate)?;
        let text = String::from_utf8_lossy(&contents);
        let lines = text.lines().skip_while(|line| !line.starts_with(BEGIN));
        let lines: String = lines
            .skip(1)
            .take_while(|line| !line.starts_with("-----"))
            .collect();
        match lines.is_empty() {
            true => Ok(contents),
            false => tools::decoded(&lines),
        }
    }

    /// Signs a module for a kernel.
    pub fn sign(&self, kernel: &Kernel, ko: &Path) -> Result<()> {
        let program = kernel.kdir.join(PROGRAM);
        if !program.is_file() {
            let release = kernel.release.clone();
            bail!(Failure::from(Error::NoSigning { release }));
        }
        let config = Config::read(&kernel.kdir)?;
        let hash = config
            .get(HASH)
            .map_or("sha256", |hash| hash.trim_matches('"'));
        let mut sign = kernel.tool(&program);
        sign.arg(hash).args([&self.key, &self.certificate]).arg(ko);
        tools::output(&mut sign)?;
        Ok(())
    }
}

/// Whether a certificate's time is over, as openssl says; without openssl, nobody knows.
fn has_expired(certificate: &Path) -> bool {
    let asked = |words: &[&str]| {
        let mut openssl = process::command("openssl");
        openssl
            .args(["x509", "-noout", "-in"])
            .arg(certificate)
            .args(words);
        openssl.output().is_ok_and(|output| output.status.success())
    };
    asked(&[]) && !asked(&["-checkend", "0"])
}
