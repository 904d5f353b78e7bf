// SPDX-License-Identifier: GPL-2.0-only
//! The scripts that work on the target machine, filled in for a module.

use crate::packaging::{Product, initramfs, signature};

/// What to do about a module that DKMS did not sign: those before 3 do not.
const UNSIGNED: &str = "DKMS signs from version 3.0 on, where openssl is installed";

/// The words that are filled in.
pub struct Scripts<'p> {
    product: &'p Product,
}

impl<'p> Scripts<'p> {
    /// Those of a module.
    pub fn of(product: &'p Product) -> Self {
        Scripts { product }
    }

    /// A text with the module's words filled in.
    pub fn fill(&self, text: &str) -> String {
        text.replace("@SOURCE@", &self.product.source)
            .replace("@VERSION@", &self.product.version)
            .replace("@MODULE@", &self.product.module)
    }

    /// What dkms reads of the module.
    pub fn configuration(&self) -> String {
        self.fill(include_str!("../../../templates/dkms/dkms.conf.in"))
    }

    /// What dkms calls to build it.
    pub fn build(&self) -> String {
        self.fill(include_str!("../../../templates/dkms/build.in"))
    }

    /// What calls dkms for one kernel, and does not fail; `headers` is the command that brings those of `$release`.
    pub fn kernel(&self, headers: &str) -> String {
        let functions = self.makes_initramfs() + &signature::telling(&self.package(), UNSIGNED);
        self.fill(include_str!("../../../templates/dkms/kernel.in"))
            .replace("@FUNCTIONS@\n", &functions)
            .replace("@HEADERS@", headers)
    }

    /// What kernel-install calls, where there is rpm.
    pub fn install(&self) -> String {
        self.fill(include_str!("../../../templates/rpm/install.in"))
    }

    /// What packages of kernels and of their headers call.
    pub fn hook(&self) -> String {
        self.fill(include_str!("../../../templates/dkms/hook.in"))
    }

    /// What dpkg calls.
    pub fn of_dpkg(&self) -> Vec<(&'static str, String)> {
        let scripts = [
            (
                "postinst",
                include_str!("../../../templates/dkms/postinst.in"),
            ),
            ("postrm", include_str!("../../../templates/dkms/postrm.in")),
            ("prerm", include_str!("../../../templates/dkms/prerm.in")),
        ];
        let filled = |text| {
            self.fill(text)
                .replace("@FUNCTIONS@\n", &self.makes_initramfs())
        };
        scripts.map(|(name, text)| (name, filled(text))).into()
    }

    fn package(&self) -> String {
        format!("{}-dkms", self.product.source)
    }

    fn makes_initramfs(&self) -> String {
        initramfs::making(&self.package())
    }
}
