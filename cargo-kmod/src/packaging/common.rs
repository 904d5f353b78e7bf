// SPDX-License-Identifier: GPL-2.0-only
//! The package of what a module has whatever its kernel: man page, udev rules, parameters, loading at boot, units. The
//! packages of modules for several kernels are installed side by side, and no two packages may have one file.

use anyhow::Result;

use super::deb::Deb;
use super::tree::Tree;
use super::{Product, devices, initramfs, tools, units};

/// The files of any distribution.
pub fn files(product: &Product) -> Result<Tree> {
    let (name, glue) = (&product.module, &product.glue);
    let mut tree = Tree::default();
    tree.add(
        format!("usr/share/man/man4/{name}.4.gz"),
        tools::gzip(&glue.man)?,
    );
    if let Some(rules) = &glue.udev {
        tree.add(
            format!("usr/lib/udev/rules.d/60-{name}.rules"),
            rules.as_str(),
        );
    }
    if let Some(file) = &glue.modprobe {
        tree.add(format!("etc/modprobe.d/{name}.conf"), file.as_str());
    }
    if product.load_at_boot {
        let text = format!("# The kernel module {name} is loaded at boot.\n{name}\n");
        tree.add(format!("usr/lib/modules-load.d/{name}.conf"), text);
    }
    if product.initramfs {
        initramfs::dracut(&mut tree, name);
    }
    for (unit, text) in &product.units {
        tree.add(format!("{}/{unit}", units::FOLDER), text.as_str());
    }
    Ok(tree)
}

/// The package.
pub fn package(product: &Product) -> Result<Deb> {
    let (name, glue) = (&product.module, &product.glue);
    let mut tree = files(product)?;
    if product.initramfs {
        initramfs::tools(&mut tree, name);
    }
    let scripts = match product.units.is_empty() {
        true => Vec::new(),
        false => ["postinst", "postrm"]
            .map(|when| (when, units::READ_AGAIN.to_owned()))
            .into(),
    };
    // dpkg does not hold a package's own names against it.
    let devices = devices::names(&glue.devices);
    Ok(Deb {
        package: product.common(),
        architecture: "all",
        relations: vec![
            ("Recommends", vec![product.any()]),
            ("Provides", devices.clone()),
            ("Conflicts", devices),
        ],
        description: product.description(
            "what its kernels share",
            "Man page, udev rules and settings of the module, for whatever kernel it is installed.",
        ),
        tree,
        scripts,
    })
}
