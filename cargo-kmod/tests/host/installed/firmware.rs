// SPDX-License-Identifier: GPL-2.0-only
//! UEFI firmware: with Secure Boot, or one whose list of trusted keys, `db`, has a certificate of ours: kernels take it
//! into a ring of keys, and Debian's take modules that it signs, as they do those of a key that `mokutil` has enrolled.

use std::fs;
use std::path::{Path, PathBuf};

/// EDK II's store of variables in its image: behind the header of its volume and its own.
const FIRST_VARIABLE: usize = 0x64;
/// A variable that is there, in the store of authenticated ones.
const ADDED: [u8; 4] = [0xaa, 0x55, 0x3f, 0];
/// It stays, firmware and kernel see it, and who changes it has to sign that.
const ATTRIBUTES: u32 = 0x27;
const SECURITY_DATABASE: [u8; 16] = [
    0xcb, 0xb2, 0x19, 0xd7, 0x3a, 0x3d, 0x96, 0x45, 0xa3, 0xbc, 0xda, 0xd0, 0x0e, 0x67, 0x65, 0x6f,
];
const X509: [u8; 16] = [
    0xa1, 0x59, 0xc0, 0xa5, 0xe4, 0x94, 0xa7, 0x4a, 0x87, 0xb5, 0xab, 0x15, 0x5c, 0x2b, 0xf0, 0x72,
];
/// Whose entry it is: anybody's.
const OWNER: [u8; 16] = [7; 16];

/// The firmware's code, and the image of its variables.
pub struct Firmware {
    pub code: PathBuf,
    pub variables: PathBuf,
}

impl Firmware {
    /// The options of QEMU's for it.
    pub fn drives(&self) -> [String; 4] {
        let drive = |kind: &str, file: &Path| format!("{kind},format=raw,file={}", file.display());
        let code = drive("if=pflash,readonly=on", &self.code);
        let variables = drive("if=pflash", &self.variables);
        ["-drive".to_owned(), code, "-drive".to_owned(), variables]
    }
}

/// With Secure Boot switched on, and Microsoft's keys, as machines are sold.
pub fn secure(folder: &Path) -> Firmware {
    let of_package = unpacked(folder);
    let variables = folder.join("variables");
    fs::copy(of_package.join("OVMF_VARS_4M.ms.fd"), &variables).unwrap();
    Firmware {
        code: of_package.join("OVMF_CODE_4M.secboot.fd"),
        variables,
    }
}

/// Debian's package, unpacked in `folder`: where its images are.
fn unpacked(folder: &Path) -> PathBuf {
    super::unpacked("ovmf", folder);
    folder.join("usr/share/OVMF")
}

/// One that asks for no signatures, with a certificate (in DER).
pub fn knowing(certificate: &[u8], folder: &Path) -> Firmware {
    let of_package = unpacked(folder);
    let mut image = fs::read(of_package.join("OVMF_VARS_4M.fd")).unwrap();
    let variable = variable(certificate);
    let place = &mut image[FIRST_VARIABLE..][..variable.len()];
    assert!(place.iter().all(|byte| *byte == 0xff), "the store is empty");
    place.copy_from_slice(&variable);
    let variables = folder.join("variables");
    fs::write(&variables, image).unwrap();
    Firmware {
        code: of_package.join("OVMF_CODE_4M.fd"),
        variables,
    }
}

/// `db`, as it lies in the store.
fn variable(certificate: &[u8]) -> Vec<u8> {
    let word = |value: usize| u32::try_from(value).unwrap().to_le_bytes();
    let name: Vec<u8> = "db\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entry = OWNER.len() + certificate.len();
    // EFI_SIGNATURE_LIST: type, its size, that of its header, that of an entry.
    let list = [
        &X509[..],
        &word(28 + entry),
        &word(0),
        &word(entry),
        &OWNER,
        certificate,
    ]
    .concat();
    [
        &ADDED[..],
        &ATTRIBUTES.to_le_bytes(),
        // Neither counter, nor time, nor key.
        &[0; 8 + 16 + 4],
        &word(name.len()),
        &word(list.len()),
        &SECURITY_DATABASE,
        &name,
        &list,
    ]
    .concat()
}
