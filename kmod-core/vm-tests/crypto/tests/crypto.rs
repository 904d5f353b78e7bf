// SPDX-License-Identifier: GPL-2.0-only
//! What is known of the algorithms, and that the module's answers are the twin's, wherever the data is.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::thread;

use kmod_test::{Loaded, errno, load, load_twin};

const ENOENT: i32 = 2;
const EINVAL: i32 = 22;
/// An algorithm of another kind: kernels differ in what they say.
const ANOTHER_KIND: i32 = 0;
const ENOSYS: i32 = 38;
const EBADMSG: i32 = 74;
const ENOKEY: i32 = 126;

/// On the heap, at an odd place, on the stack, in the module's own memory.
const PLACES: [u8; 4] = [0, 3, b's', b'm'];

#[derive(Clone, Copy, Default)]
struct Request<'a> {
    what: u8,
    place: u8,
    size: u8,
    name: &'a str,
    key: &'a [u8],
    nonce: &'a [u8],
    associated: &'a [u8],
    data: &'a [u8],
}

impl Request<'_> {
    /// What the device answers.
    fn of(&self, device: &str) -> Result<Vec<u8>, i32> {
        let mut bytes = vec![self.what, self.place, self.size];
        let small = |length: usize| u8::try_from(length).unwrap();
        bytes.push(small(self.name.len() + 1));
        bytes.push(small(self.key.len()));
        bytes.push(small(self.nonce.len()));
        bytes.extend(u16::try_from(self.associated.len()).unwrap().to_le_bytes());
        bytes.extend(self.name.as_bytes());
        bytes.push(0);
        for part in [self.key, self.nonce, self.associated, self.data] {
            bytes.extend(part);
        }
        let path = format!("/dev/{device}");
        let mut file = OpenOptions::new().write(true).open(&path).unwrap();
        errno(file.write(&bytes))?;
        let mut answer = Vec::new();
        File::open(path).unwrap().read_to_end(&mut answer).unwrap();
        Ok(answer)
    }

    /// What both answer alike.
    fn both(&self) -> Result<Vec<u8>, i32> {
        let here = self.of("vm_crypto");
        let of_c = self.of("vm_crypto_c");
        let (what, name) = (char::from(self.what), self.name);
        assert_eq!(here, of_c, "{what} {name} at {}", self.place);
        here
    }
}

fn sides() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

/// That an answer is this error.
#[track_caller]
fn refused(answer: Result<Vec<u8>, i32>, expected: i32, name: &str) {
    let error = answer.unwrap_err();
    let is_other = expected == ANOTHER_KIND && [ENOENT, EINVAL].contains(&error);
    assert!(is_other || error == expected, "{name:?}: {error}");
}

/// Bytes that differ.
fn some(length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| (at * 37 + at / 256 + 5) as u8)
        .collect()
}

/// The key of authenc: what it is made of, the length of the cipher's, then both.
fn authenc_key(hash: &[u8], cipher: &[u8]) -> Vec<u8> {
    let mut key = vec![8, 0, 1, 0];
    key.extend((cipher.len() as u32).to_be_bytes());
    key.extend(hash);
    key.extend(cipher);
    key
}

#[test]
fn hashes_are_known_and_equal_the_twins() {
    let _modules = sides();
    let abc = hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let sha256 = Request {
        what: b'1',
        data: b"abc",
        ..Request::default()
    };
    assert_eq!(sha256.both().unwrap(), abc);
    let hmac = Request {
        what: b'h',
        size: 32,
        name: "hmac(sha256)",
        key: b"Jefe",
        data: b"what do ya want for nothing?",
        ..Request::default()
    };
    assert_eq!(
        hmac.both().unwrap(),
        hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    );
    let lengths = [
        0, 1, 6, 7, 8, 55, 56, 63, 64, 65, 119, 127, 128, 4095, 4096, 100_001,
    ];
    for length in lengths {
        let data = some(length);
        let sha256 = Request {
            data: &data,
            ..sha256
        };
        let expected = sha256.both().unwrap();
        for what in [b'h', b'p'] {
            let of = |name, size, key| Request {
                what,
                size,
                name,
                key,
                data: &data,
                ..hmac
            };
            assert_eq!(of("sha256", 32, b"").both().unwrap(), expected, "{length}");
            of("md5", 16, b"").both().unwrap();
            of("hmac(md5)", 16, b"k").both().unwrap();
            of("hmac(sha256)", 32, &[9; 200]).both().unwrap();
        }
    }
}

#[test]
fn what_a_hash_cannot_be_is_an_error() {
    let _modules = sides();
    for (name, size, key, expected) in [
        ("no such thing", 32, &b""[..], ENOENT),
        ("", 32, b"", ENOENT),
        ("hmac(no such thing)", 32, b"", ENOENT),
        ("cbc(aes)", 32, b"", ANOTHER_KIND),
        ("sha256", 16, b"", EINVAL),
        ("sha256", 32, b"key", ENOSYS),
        ("hmac(sha256)", 32, b"", ENOKEY),
    ] {
        for what in [b'h', b'p'] {
            let request = Request {
                what,
                size,
                name,
                key,
                data: b"abc",
                ..Request::default()
            };
            refused(request.both(), expected, name);
        }
    }
    let long = "sha256".repeat(40);
    let request = Request {
        what: b'h',
        size: 32,
        name: &long,
        ..Request::default()
    };
    request.both().unwrap_err();
}

#[test]
fn sums_are_known_and_equal_the_twins() {
    let _modules = sides();
    let sums = Request {
        what: b'c',
        data: b"123456789",
        ..Request::default()
    };
    let mut expected = Vec::new();
    expected.extend((!0xcbf4_3926_u32).to_le_bytes());
    expected.extend(0x0376_e6e7_u32.to_le_bytes());
    expected.extend((!0xe306_9283_u32).to_le_bytes());
    expected.extend(0x2189_u16.to_le_bytes());
    assert_eq!(sums.both().unwrap(), expected);
    for length in 0..70 {
        Request {
            data: &some(length),
            ..sums
        }
        .both()
        .unwrap();
    }
}

#[test]
fn what_is_secret_is_compared() {
    let _modules = sides();
    let data = some(64);
    for length in [0, 1, 8, 63, 64] {
        let with = |associated: &[u8]| {
            let equal = Request {
                what: b'=',
                associated,
                data: &data[..length],
                ..Request::default()
            };
            equal.both().unwrap()
        };
        assert_eq!(with(&data[..length]), [1]);
        assert_eq!(with(&[]), [u8::from(length == 0)]);
        for at in 0..length {
            let mut other = data[..length].to_vec();
            other[at] ^= 0x80;
            assert_eq!(with(&other), [0]);
        }
    }
}

#[test]
fn ciphers_are_known_and_equal_the_twins() {
    let _modules = sides();
    let block = hex("6bc1bee22e409f96e93d7e117393172a");
    let key = hex("2b7e151628aed2a6abf7158809cf4f3c");
    let first = |answer: Result<Vec<u8>, i32>| answer.unwrap()[..16].to_vec();
    for place in PLACES {
        let cbc = Request {
            what: b'e',
            place,
            name: "cbc(aes)",
            key: &key,
            nonce: &hex("000102030405060708090a0b0c0d0e0f"),
            data: &block,
            ..Request::default()
        };
        assert_eq!(first(cbc.both()), hex("7649abac8119b246cee98e9b12e9197d"));
        let ctr = Request {
            name: "ctr(aes)",
            nonce: &hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
            ..cbc
        };
        assert_eq!(first(ctr.both()), hex("874d6191b620e3261bef6864990db6ce"));
        for length in [0, 1, 15, 16, 17, 31, 32, 48, 255, 256, 511, 512] {
            let data = some(length);
            for request in [cbc, ctr] {
                let request = Request {
                    data: &data,
                    ..request
                };
                let answer = request.both();
                if request.name == "cbc(aes)" && length % 16 != 0 {
                    assert_eq!(answer, Err(EINVAL), "{length}");
                    continue;
                }
                let (encrypted, _) = answer.as_ref().unwrap().split_at(length);
                let back = Request {
                    what: b'd',
                    data: encrypted,
                    ..request
                };
                assert_eq!(back.both().unwrap()[..length], data, "{length}");
            }
        }
    }
    // More than a page, and what comes in two parts by the vector of the first one.
    let data = some(100_000);
    let whole = Request {
        what: b'e',
        place: 5,
        name: "cbc(aes)",
        key: &key,
        nonce: &[1; 16],
        data: &data,
        ..Request::default()
    };
    let answer = whole.both().unwrap();
    let first = Request {
        data: &data[..4096],
        ..whole
    }
    .both()
    .unwrap();
    let (encrypted, next) = first.split_at(4096);
    let second = Request {
        data: &data[4096..],
        nonce: next,
        ..whole
    }
    .both()
    .unwrap();
    assert_eq!([encrypted, &second].concat(), answer);
}

#[test]
fn what_a_cipher_cannot_be_is_an_error() {
    let _modules = sides();
    for (name, key, nonce, expected) in [
        ("no such thing", 16, 16, ENOENT),
        ("sha256", 16, 16, ANOTHER_KIND),
        ("ccm(aes)", 16, 16, ANOTHER_KIND),
        ("cbc(aes)", 15, 16, EINVAL),
        ("cbc(aes)", 0, 16, EINVAL),
        ("cbc(aes)", 16, 0, EINVAL),
        ("cbc(aes)", 255, 16, EINVAL),
    ] {
        let request = Request {
            what: b'e',
            name,
            key: &some(key),
            nonce: &some(nonce),
            data: &[0; 16],
            ..Request::default()
        };
        refused(request.both(), expected, name);
    }
}

#[test]
fn tags_are_known_and_equal_the_twins() {
    let _modules = sides();
    for place in PLACES {
        // Of RFC 3610, packet vector 1: the nonce with the length of the length before it.
        let key = hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
        let nonce = hex("01 00000003020100a0a1a2a3a4a5 0000");
        let ccm = Request {
            what: b's',
            place,
            size: 8,
            name: "ccm(aes)",
            key: &key,
            nonce: &nonce,
            associated: &hex("0001020304050607"),
            data: &hex("08090a0b0c0d0e0f101112131415161718191a1b1c1d1e"),
        };
        assert_eq!(
            ccm.both().unwrap(),
            hex("588c979a61c663d2f066d0c2c0f989806d5f6b61dac384 17e8d12cfdf926e0")
        );
        let key = authenc_key(&[7; 32], &[8; 16]);
        let authenc = Request {
            size: 32,
            name: "authenc(hmac(sha256),cbc(aes))",
            key: &key,
            nonce: &[3; 16],
            ..ccm
        };
        for (associated, length) in [(0, 0), (0, 16), (1, 32), (20, 48), (600, 64), (20, 480)] {
            let (associated, data) = (some(associated), some(length));
            for request in [ccm, Request { size: 16, ..ccm }, authenc] {
                let request = Request {
                    associated: &associated,
                    data: &data,
                    ..request
                };
                let sealed = request.both().unwrap();
                assert_eq!(sealed.len(), length + usize::from(request.size));
                let open = Request {
                    what: b'o',
                    data: &sealed,
                    ..request
                };
                assert_eq!(open.both().unwrap(), data);
                // Each of these is seen.
                for at in [0, length / 2, sealed.len() - 1] {
                    let mut changed = sealed.clone();
                    changed[at] ^= 1;
                    let changed = Request {
                        data: &changed,
                        ..open
                    };
                    assert_eq!(changed.both(), Err(EBADMSG), "{length} {at}");
                }
                let other = Request {
                    associated: b"other",
                    ..open
                };
                assert_eq!(other.both(), Err(EBADMSG));
                let short = Request {
                    data: &sealed[..sealed.len() - 16.min(length)],
                    ..open
                };
                if length != 0 {
                    assert_eq!(short.both(), Err(EBADMSG));
                }
            }
        }
    }
}

#[test]
fn what_an_aead_cannot_be_is_an_error() {
    let _modules = sides();
    let long = some(40);
    for (name, key, nonce, size, expected) in [
        ("no such thing", &long[..16], 16, 16, ENOENT),
        ("cbc(aes)", &long[..16], 16, 16, ANOTHER_KIND),
        ("ccm(aes)", &long[..15], 16, 16, EINVAL),
        ("ccm(aes)", &long[..16], 12, 16, EINVAL),
        ("ccm(aes)", &long[..16], 16, 2, EINVAL),
        ("ccm(aes)", &long[..16], 16, 32, EINVAL),
        ("authenc(hmac(sha256),cbc(aes))", &long, 16, 16, EINVAL),
    ] {
        for what in [b's', b'o'] {
            let request = Request {
                what,
                size,
                name,
                key,
                nonce: &some(nonce),
                data: &some(64),
                ..Request::default()
            };
            refused(request.both(), expected, name);
        }
    }
    // A nonce that ccm does not take, and a tag that is smaller than what authencesn writes there.
    let bad = Request {
        what: b's',
        size: 8,
        name: "ccm(aes)",
        key: &long[..16],
        nonce: &[0; 16],
        data: &long,
        ..Request::default()
    };
    assert_eq!(bad.both(), Err(EINVAL));
    let key = authenc_key(&[7; 32], &[8; 16]);
    for associated in [0, 4, 8, 12] {
        let esn = Request {
            size: 2,
            name: "authencesn(hmac(sha256),cbc(aes))",
            key: &key,
            nonce: &[3; 16],
            associated: &long[..associated],
            data: &some(32),
            ..bad
        };
        for what in [b's', b'o'] {
            for place in PLACES {
                let _ = Request { what, place, ..esn }.both();
            }
        }
    }
}

#[test]
fn an_algorithm_that_is_used_stays_and_goes_free_again() {
    let _module = load(&[]).unwrap();
    let users = || {
        let modules = fs::read_to_string("/proc/modules").unwrap();
        let line = modules.lines().find(|line| line.starts_with("ccm "));
        line.map(|line| line.split(' ').nth(2).unwrap().parse::<u32>().unwrap())
    };
    let before = users();
    let request = Request {
        what: b's',
        size: 8,
        name: "ccm(aes)",
        key: &[1; 16],
        nonce: &[1; 16],
        data: &[0; 16],
        ..Request::default()
    };
    request.of("vm_crypto").unwrap();
    // What was made of the template for this is kept, but nobody uses it.
    let once = users();
    assert!(once <= before.map(|users| users + 2), "{before:?} {once:?}");
    for _ in 0..100 {
        request.of("vm_crypto").unwrap();
        request.of("vm_crypto").unwrap();
        let _ = Request { size: 2, ..request }.of("vm_crypto");
        let _ = Request {
            key: &[1; 3],
            ..request
        }
        .of("vm_crypto");
        let _ = Request {
            nonce: &[1; 12],
            size: 16,
            ..request
        }
        .of("vm_crypto");
    }
    assert_eq!(users(), once);
}

#[test]
fn many_work_at_once() {
    let _modules = sides();
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            thread::spawn(move || {
                for length in 0..40 {
                    let data = some(length * 16 + thread);
                    let request = Request {
                        what: b'h',
                        size: 32,
                        name: "hmac(sha256)",
                        key: &[thread as u8; 16],
                        data: &data,
                        ..Request::default()
                    };
                    // Another thread's answer may be read: what counts is that nothing breaks.
                    let _ = request.of("vm_crypto");
                    let place = PLACES[thread % 4];
                    let _ = Request {
                        what: b'e',
                        place,
                        name: "ctr(aes)",
                        nonce: &[5; 16],
                        ..request
                    }
                    .of("vm_crypto");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn what_is_too_large_to_be_copied_is_refused() {
    let _module = load(&[]).unwrap();
    let large = Request {
        what: b'v',
        ..Request::default()
    };
    assert_eq!(large.of("vm_crypto"), Ok(Vec::new()));
}
