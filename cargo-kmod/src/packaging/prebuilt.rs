// SPDX-License-Identifier: GPL-2.0-only
//! The package of a module that was built for one kernel release.

use std::path::Path;

use anyhow::Result;
use kmod_build::config::Config;

use super::deb::Deb;
use super::tree::Tree;
use super::{Product, Signer, compressed, initramfs, signature, stripped};
use crate::context::Context;
use crate::kernels::Kernel;

/// After installation and after removal, modprobe's index of the kernel is made anew. What goes wrong with it
/// is no reason to stop the package manager: the next run of depmod mends it.
const INDEX: &str = "\
#!/bin/sh
# Made by cargo kmod.
set -e
FUNCTIONS
case \"$1\" in
WHEN)
	# Without the kernel's own files there is nothing to make an index of.
	if [ -e /lib/modules/RELEASE/modules.builtin ]; then
		# One that DKMS has built gives way to it, and comes back.
		if [ -x /usr/lib/SOURCE-dkms/kernel ]; then
			/usr/lib/SOURCE-dkms/kernel RELEASE || true
		fi
		depmod RELEASE || echo \"PACKAGE: depmod failed; modprobe finds the module after: depmod RELEASE\" >&2
INITRAMFSTELL	fi
	;;
esac

exit 0
";

/// What dpkg calls the script after an installation with.
const INSTALLED: &str = "configure";

/// What the same scripts do then, where the initramfs has the module.
const INITRAMFS: &str = "\t\tmake_initramfs RELEASE\n";

/// What the first of them does at the end.
const TELL: &str = "\t\ttell_of_signature \"FILE\" \"/CERTIFICATE\"\n";

/// What to do about a module without a signature.
const UNSIGNED: &str =
    "take a package that was made with --sign-key, or SOURCE-dkms: DKMS signs what it builds";

/// The package, of the module at `ko`.
pub fn package(
    ctx: &Context,
    product: &Product,
    (kernel, signer): (&Kernel, Option<&Signer>),
    ko: &Path,
) -> Result<Deb> {
    let (release, name) = (&kernel.release, &product.module);
    let package = format!("{}-modules-{release}", product.source);
    let package = package.to_ascii_lowercase().replace('_', "-");
    let module = stripped::module(ctx, kernel, ko)?;
    // Nothing may change what is signed.
    if let Some(signer) = signer {
        signer.sign(kernel, module.path())?;
    }
    let mut tree = Tree::default();
    // depmod and modprobe look in `updates` before the kernel's own folders, and `make modules_install` puts
    // what is built out of tree there; `updates/dkms` is DKMS's alone, which removes what it has not made.
    let (end, contents) = compressed::module(&Config::read(&kernel.kdir)?, module.path())?;
    let file = format!("updates/{name}.ko{end}");
    tree.add(
        format!("{}/{release}/{file}", kernel.modules_folder()),
        contents,
    );
    // What the machine has to learn.
    let certificate = format!("usr/share/{}-modules/{release}.der", product.source);
    if let Some(signer) = signer {
        tree.add(&*certificate, signer.der()?);
    }
    let script = |when: &str| {
        let (makes, initramfs) = match product.initramfs {
            true => (initramfs::making(&package), INITRAMFS),
            false => (String::new(), ""),
        };
        let (tells, tell) = match when {
            INSTALLED => (signature::telling(&package, UNSIGNED), TELL),
            _ => (String::new(), ""),
        };
        let tell = tell.replace("FILE", &format!("/lib/modules/{release}/{file}"));
        INDEX
            .replace("FUNCTIONS", &(makes + &tells))
            .replace("INITRAMFS", initramfs)
            .replace("TELL", &tell)
            .replace("CERTIFICATE", &certificate)
            .replace("WHEN", when)
            .replace("RELEASE", release)
            .replace("PACKAGE", &package)
            .replace("SOURCE", &product.source)
    };
    let image = format!("linux-image-{release}");
    let depends = [
        // Its name has the ABI in it: another one is another package.
        format!("{image} | {image}-unsigned"),
        "kmod".to_owned(),
        format!("{} (>= {})", product.common(), product.version),
    ];
    let recommends = signer.map(|_| vec!["mokutil".to_owned()]);
    Ok(Deb {
        architecture: kernel.arch.debian,
        relations: vec![
            ("Depends", [&depends[..], &product.depends].concat()),
            ("Recommends", recommends.unwrap_or_default()),
            ("Provides", vec![product.any()]),
        ],
        description: product.description(
            &format!("module for {release}"),
            &format!("Built for Linux {release}, and for no other: no compiler is needed."),
        ),
        tree,
        scripts: vec![
            ("postinst", script(INSTALLED)),
            ("postrm", script("remove | disappear")),
        ],
        package,
    })
}
