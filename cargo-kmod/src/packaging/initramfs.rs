// SPDX-License-Identifier: GPL-2.0-only
//! The module in the initramfs: what initramfs-tools and dracut read of it, and what has them make theirs anew.

use super::tree::Tree;

/// What dracut reads.
fn of_dracut(module: &str) -> String {
    format!("usr/lib/dracut/dracut.conf.d/50-{module}.conf")
}

/// The file for dracut, which is the same on all distributions. An image that is made for any machine has no settings of
/// modprobe's but those that are asked for.
pub fn dracut(tree: &mut Tree, module: &str) {
    let text = format!(
        "# The initramfs has the kernel module {module}, and loads it.\n\
         force_drivers+=\" {module} \"\n\
         install_optional_items+=\" /etc/modprobe.d/{module}.conf \"\n"
    );
    tree.add(of_dracut(module), text);
}

/// The file for Debian's own.
pub fn tools(tree: &mut Tree, module: &str) {
    let text = format!("# The initramfs has the kernel module {module}, and loads it.\n{module}\n");
    tree.add(
        format!("usr/share/initramfs-tools/modules.d/{module}"),
        text,
    );
}

/// The function that scripts of a package call for a kernel.
pub fn making(package: &str) -> String {
    include_str!("../../templates/initramfs.in").replace("@PACKAGE@", package)
}
