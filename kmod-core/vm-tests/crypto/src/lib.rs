// SPDX-License-Identifier: GPL-2.0-only
//! Hashes and encrypts what is written to /dev/vm_crypto, and gives what came out to who reads; the twin does the
//! same in C.
#![no_std]
#![forbid(unsafe_code)]

use core::ffi::CStr;

use kmod_core::crc;
use kmod_core::crypto::{self, Aead, Cipher, Hash};
use kmod_core::prelude::*;

/// The module
#[kernel_module(name = "vm_crypto", license = "GPL")]
#[derive(Default)]
struct Crypto {
    #[misc(name = "vm_crypto", mode = 0o600)]
    desk: Desk,
    /// Memory of the module's, which no scatter list may have.
    own: Own,
}

/// The most bytes of data in a place that is not on the heap.
const SMALL: usize = 512;

struct Own(Mutex<[u8; SMALL]>);

impl Default for Own {
    fn default() -> Self {
        Self(Mutex::new([0; SMALL]))
    }
}

/// What came out last.
#[derive(Default)]
struct Desk(Mutex<KVec<u8>>);

#[file_operations]
impl FileOperations for Desk {
    type Module = Crypto;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(&self.0.lock(), pos)?;
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let bytes = from.read_all(0x4_0000, GFP_KERNEL)?;
        let request = Request::parse(&bytes).ok_or(EINVAL)?;
        let mut to = self.0.lock();
        to.clear();
        request.answer(file.module(), &mut to)
    }
}

/// One request: numbers, then what they say the length of.
struct Request<'a> {
    what: u8,
    /// Where the data is, when it is worked on.
    place: u8,
    /// How many bytes a digest has, or a tag.
    size: u8,
    name: &'a CStr,
    key: &'a [u8],
    nonce: &'a [u8],
    associated: &'a [u8],
    data: &'a [u8],
}

impl<'a> Request<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (&[what, place, size, name, key, nonce], rest) = bytes.split_first_chunk()?;
        let (associated, rest) = rest.split_first_chunk()?;
        let (name, rest) = rest.split_at_checked(name.into())?;
        let (key, rest) = rest.split_at_checked(key.into())?;
        let (nonce, rest) = rest.split_at_checked(nonce.into())?;
        let (associated, data) = rest.split_at_checked(u16::from_le_bytes(*associated).into())?;
        Some(Self {
            what,
            place,
            size,
            name: CStr::from_bytes_with_nul(name).ok()?,
            key,
            nonce,
            associated,
            data,
        })
    }

    fn answer(&self, module: &Crypto, to: &mut KVec<u8>) -> Result {
        match self.what {
            b'1' => to.extend_from_slice(&crypto::sha256(self.data), GFP_KERNEL)?,
            b'c' => {
                for sum in [crc::crc32, crc::crc32_be, crc::crc32c] {
                    to.extend_from_slice(&sum(!0, self.data).to_le_bytes(), GFP_KERNEL)?;
                }
                let sum = crc::crc_ccitt(0, self.data);
                to.extend_from_slice(&sum.to_le_bytes(), GFP_KERNEL)?;
            }
            b'=' => {
                let is_equal = crypto::equal(self.associated, self.data);
                to.push(is_equal.into(), GFP_KERNEL)?;
            }
            b'v' => large()?,
            b'h' | b'p' => match self.size {
                16 => self.hash::<16>(to)?,
                32 => self.hash::<32>(to)?,
                _ => return Err(EINVAL),
            },
            b'e' | b'd' => match self.nonce.len() {
                0 => self.cipher::<0>(module, to)?,
                16 => self.cipher::<16>(module, to)?,
                _ => return Err(EINVAL),
            },
            b's' | b'o' => match (self.nonce.len(), self.size) {
                (16, 8) => self.aead::<16, 8>(module, to)?,
                (16, 16) => self.aead::<16, 16>(module, to)?,
                (16, 32) => self.aead::<16, 32>(module, to)?,
                (16, 2) => self.aead::<16, 2>(module, to)?,
                (12, 16) => self.aead::<12, 16>(module, to)?,
                _ => return Err(EINVAL),
            },
            _ => return Err(EINVAL),
        }
        Ok(())
    }

    fn hash<const SIZE: usize>(&self, to: &mut KVec<u8>) -> Result {
        let mut hash = Hash::<SIZE>::new(self.name)?;
        if !self.key.is_empty() {
            hash.set_key(self.key)?;
        }
        let digest = match self.what {
            b'h' => hash.digest(self.data)?,
            _ => {
                let abandoned = hash.start()?;
                let mut parts = hash.start()?;
                drop(abandoned);
                for part in self.data.chunks(7) {
                    parts.update(part)?;
                }
                parts.finish()?
            }
        };
        to.extend_from_slice(&digest, GFP_KERNEL)?;
        Ok(())
    }

    /// The data where it shall be, and back.
    fn placed(
        &self,
        module: &Crypto,
        data: &[u8],
        to: &mut KVec<u8>,
        work: impl FnOnce(&mut [u8]) -> Result,
    ) -> Result {
        let length = data.len();
        match self.place {
            b's' => {
                let mut small = [0; SMALL];
                let small = small.get_mut(..length).ok_or(E2BIG)?;
                small.copy_from_slice(data);
                work(small)?;
                to.extend_from_slice(small, GFP_KERNEL)?;
            }
            b'm' => {
                let mut small = module.own.0.lock();
                let small = small.get_mut(..length).ok_or(E2BIG)?;
                small.copy_from_slice(data);
                work(small)?;
                to.extend_from_slice(small, GFP_KERNEL)?;
            }
            // Somewhere in memory of the heap, at an odd place.
            _ => {
                let before = usize::from(self.place & 15);
                let mut heap = KVec::from_elem(0, before, GFP_KERNEL)?;
                heap.extend_from_slice(data, GFP_KERNEL)?;
                let heap = heap.get_mut(before..).ok_or(EINVAL)?;
                work(heap)?;
                to.extend_from_slice(heap, GFP_KERNEL)?;
            }
        }
        Ok(())
    }

    fn cipher<const IV: usize>(&self, module: &Crypto, to: &mut KVec<u8>) -> Result {
        let cipher = Cipher::<IV>::new(self.name, self.key)?;
        let mut iv: [u8; IV] = self.nonce.try_into().map_err(|_| EINVAL)?;
        self.placed(module, self.data, to, |data| match self.what {
            b'e' => cipher.encrypt(&mut iv, data),
            _ => cipher.decrypt(&mut iv, data),
        })?;
        to.extend_from_slice(&iv, GFP_KERNEL)?;
        Ok(())
    }

    fn aead<const NONCE: usize, const TAG: usize>(
        &self,
        module: &Crypto,
        to: &mut KVec<u8>,
    ) -> Result {
        let aead = Aead::<NONCE, TAG>::new(self.name, self.key)?;
        let nonce: &[u8; NONCE] = self.nonce.try_into().map_err(|_| EINVAL)?;
        if self.what == b's' {
            let mut tag = [0; TAG];
            self.placed(module, self.data, to, |data| {
                tag = aead.encrypt(nonce, self.associated, data)?;
                Ok(())
            })?;
            to.extend_from_slice(&tag, GFP_KERNEL)?;
            return Ok(());
        }
        let (data, tag) = self.data.split_last_chunk().ok_or(EBADMSG)?;
        let mut is_zero = true;
        let ret = self.placed(module, data, to, |data| {
            let ret = aead.decrypt(nonce, self.associated, data, tag);
            is_zero = data.iter().all(|byte| *byte == 0);
            ret
        });
        // What is not what was sent is not there, either.
        if ret == Err(EBADMSG) && !is_zero {
            return Err(EIO);
        }
        ret
    }
}

/// What is too large for the kernel to copy is refused, and what is not comes back.
fn large() -> Result {
    let cipher = Cipher::<16>::new(c"cbc(aes)", &[7; 16])?;
    let aead = Aead::<16, 8>::new(c"ccm(aes)", &[7; 16])?;
    let mut nonce = [0; 16];
    nonce[0] = 3;
    let mut much = KVec::<u8>::zeroed(9 << 20, GFP_KERNEL)?;
    let many = KVec::<u8>::zeroed(9 << 20, GFP_KERNEL)?;
    let refused = [
        cipher.encrypt(&mut [0; 16], &mut much).err(),
        aead.encrypt(&nonce, b"", &mut much).err(),
        aead.encrypt(&nonce, &many, &mut [0; 16]).err(),
    ];
    if refused != [Some(ENOMEM); 3] {
        return Err(EIO);
    }
    let some = much.get_mut(..1 << 20).ok_or(EIO)?;
    cipher.encrypt(&mut [0; 16], some)?;
    cipher.decrypt(&mut [0; 16], some)?;
    match some.iter().all(|byte| *byte == 0) {
        true => Ok(()),
        false => Err(EIO),
    }
}
