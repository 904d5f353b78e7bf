// SPDX-License-Identifier: GPL-2.0-only
//! The package of a module that was built for one kernel release.

use std::path::Path;

use anyhow::Result;
use kmod_build::config::Config;

use super::deb::Deb;
use super::tree::Tree;
use super::{Product, Signer, compressed, stripped};
use crate::context::Context;
use crate::kernels::Kernel;

/// After installation and after removal, modprobe's index of the kernel is made anew. What goes wrong with it
/// is no reason to stop the package manager: the next run of depmod mends it.
const INDEX: &str = "\
#!/bin/sh
# Made by cargo kmod.
set -e

case \"$1\" in
WHEN)
	# Without the kernel's own files there is nothing to make an index of.
	if [ -e /lib/modules/RELEASE/modules.builtin ]; then
		# One that DKMS has built gives way to it, and comes back.
		if [ -x /usr/lib/SOURCE-dkms/kernel ]; then
			/usr/lib/SOURCE-dkms/kernel RELEASE || true
		fi
		depmod RELEASE || echo \"PACKAGE: depmod failed; modprobe finds the module after: depmod RELEASE\" >&2
INITRAMFS	fi
	;;
esac

exit 0
";

/// What the same scripts do then, where the initramfs has the module.
const INITRAMFS: &str = "\
		if [ -e /boot/initrd.img-RELEASE ] && command -v update-initramfs > /dev/null; then
			update-initramfs -u -k RELEASE || echo \"PACKAGE: to try again: update-initramfs -u -k RELEASE\" >&2
		fi
";

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
    tree.add(
        format!(
            "{}/{release}/updates/{name}.ko{end}",
            kernel.modules_folder()
        ),
        contents,
    );
    let script = |when: &str| {
        let initramfs = if product.initramfs { INITRAMFS } else { "" };
        let script = INDEX.replace("INITRAMFS", initramfs);
        let script = script.replace("WHEN", when).replace("RELEASE", release);
        script
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
    Ok(Deb {
        architecture: kernel.arch.debian,
        relations: vec![
            ("Depends", [&depends[..], &product.depends].concat()),
            ("Provides", vec![product.any()]),
        ],
        description: product.description(
            &format!("module for {release}"),
            &format!("Built for Linux {release}, and for no other: no compiler is needed."),
        ),
        tree,
        scripts: vec![
            ("postinst", script("configure")),
            ("postrm", script("remove | disappear")),
        ],
        package,
    })
}
