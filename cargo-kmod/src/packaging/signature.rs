// SPDX-License-Identifier: GPL-2.0-only
//! What packages' scripts tell, on the machine, of a kernel that takes signed modules only.

/// The function that scripts call, of a package: `unsigned` is what to do about a module without a signature.
pub fn telling(package: &str, unsigned: &str) -> String {
    include_str!("../../templates/signature.in")
        .replace("@PACKAGE@", package)
        .replace("@UNSIGNED@", unsigned)
}
