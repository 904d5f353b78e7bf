// SPDX-License-Identifier: GPL-2.0-only
//! Fetching kernels when something is wrong: said before anything is built, and nothing that is
//! half there is kept.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

use crate::support::{Said, kmod, module_crate};

const USAGE: i32 = 2;
const HOST: i32 = 69;

/// `kernels fetch 5.10` into a cache of its own.
fn fetch(cache: &Path, variable: (&str, &str)) -> Said {
    kmod(Path::new("/"), &["kernels", "fetch", "5.10"])
        .env("XDG_CACHE_HOME", cache.as_os_str())
        .env(variable.0, variable.1.as_ref())
        .run()
}

/// That the cache has no kernel, and nothing that could be taken for one.
fn nothing_is_kept(cache: &Path) {
    let kernels = cache.join("cargo-kmod/kernels");
    let kept: Vec<_> = fs::read_dir(kernels)
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
}

#[test]
fn an_unknown_kernel_gets_the_list_and_what_was_meant() {
    for (name, meant) in [("6.1-rt", "`6.1-rt-amd64`"), ("5.10.7", "`5.10`")] {
        let said = kmod(Path::new("/"), &["kernels", "fetch", name]).run();
        assert_eq!(said.code, USAGE, "{said:?}");
        for word in [meant, "5.10, 5.10-amd64, 6.1, ", "7.3-rt-amd64", "--kdir"] {
            assert!(said.err.contains(word), "no {word:?} in {said:?}");
        }
    }
    let said = kmod(Path::new("/"), &["kernels", "remove", "1.2"]).run();
    assert_eq!(said.code, USAGE, "{said:?}");
    assert!(said.err.contains("the cache has no kernel 1.2"), "{said:?}");
}

#[test]
fn a_kernel_that_is_not_built_names_the_command_that_builds_it() {
    let cache = tempfile::tempdir().unwrap();
    let krate = module_crate();
    let said = kmod(krate.path(), &["build", "-k", "6.1-debug"])
        .env("XDG_CACHE_HOME", cache.path().as_os_str())
        .run();
    assert_eq!(said.code, HOST, "{said:?}");
    assert!(
        said.err.contains("cargo kmod kernels build debug"),
        "{said:?}"
    );
    let said = kmod(Path::new("/"), &["kernels", "fetch", "6.1-debug"]).run();
    assert_eq!(said.code, USAGE, "{said:?}");
    assert!(said.err.contains("cargo kmod kernels build"), "{said:?}");
    let said = kmod(Path::new("/"), &["kernels", "build", "7.3-clang"]).run();
    assert_eq!(said.code, USAGE, "{said:?}");
    assert!(said.err.contains("debug (6.1-debug: KASAN"), "{said:?}");
}

#[test]
fn a_build_that_ends_early_leaves_no_kernel() {
    let cache = tempfile::tempdir().unwrap();
    // Nobody listens there.
    let said = kmod(Path::new("/"), &["kernels", "build", "debug"])
        .env("XDG_CACHE_HOME", cache.path().as_os_str())
        .env("CARGO_KMOD_MIRROR", "http://127.0.0.1:9/debian".as_ref())
        .run();
    assert_eq!(said.code, HOST, "{said:?}");
    for word in ["no network", "cargo kmod kernels build 6.1-debug"] {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
    nothing_is_kept(cache.path());
}

#[test]
fn every_supported_kernel_is_listed() {
    let said = kmod(Path::new("/"), &["kernels"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    for name in ["5.10 ", "6.1 ", "6.12 ", "7.3-rt-amd64 ", "6.1-debug "] {
        assert!(said.out.contains(&format!("\n{name}")), "{said:?}");
    }
}

#[test]
fn without_a_network_nothing_is_built() {
    let cache = tempfile::tempdir().unwrap();
    let krate = module_crate();
    // Nobody listens there.
    let said = kmod(krate.path(), &["build", "-k", "5.10"])
        .env("XDG_CACHE_HOME", cache.path().as_os_str())
        .env("CARGO_KMOD_MIRROR", "http://127.0.0.1:9/debian".as_ref())
        .run();
    assert_eq!(said.code, HOST, "{said:?}");
    for word in [
        "no network",
        "CARGO_KMOD_MIRROR",
        "cargo kmod kernels fetch 5.10",
        "update.log",
    ] {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
    assert!(!said.err.contains("building"), "{said:?}");
    nothing_is_kept(cache.path());
}

#[test]
fn a_broken_download_is_not_kept() {
    let cache = tempfile::tempdir().unwrap();
    let said = fetch(cache.path(), ("http_proxy", &breaking_proxy()));
    assert_eq!(said.code, HOST, "{said:?}");
    for word in [
        "a download is broken",
        "Hash Sum mismatch",
        "cargo kmod kernels fetch 5.10",
    ] {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
    nothing_is_kept(cache.path());
}

#[test]
fn a_full_cache_is_told_with_what_mends_it() {
    let cache = tempfile::tempdir().unwrap();
    // The one is too small for the package lists, the other for the kernel.
    for size in ["256k", "24m"] {
        let output = in_tmpfs(cache.path(), size);
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(HOST), "{size}: {err}");
        for word in [
            "no space left in the cache",
            "kernels remove",
            "XDG_CACHE_HOME",
        ] {
            assert!(err.contains(word), "{size}: no {word:?} in {err}");
        }
        let kept = String::from_utf8_lossy(&output.stdout);
        assert!(!kept.contains("5.10.0-"), "{kept}");
    }
}

/// `kernels fetch 5.10` into a cache of that size, in a mount namespace; then what is in the cache.
fn in_tmpfs(cache: &Path, size: &str) -> Output {
    let script = format!(
        "mount -t tmpfs -o size={size} tmpfs \"$XDG_CACHE_HOME\"
         {} kernels fetch 5.10; code=$?
         ls \"$XDG_CACHE_HOME/cargo-kmod/kernels\" 2>/dev/null
         exit $code",
        env!("CARGO_BIN_EXE_cargo-kmod")
    );
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", &script]);
    command.env("XDG_CACHE_HOME", cache);
    command.output().unwrap()
}

/// A proxy that passes everything on, but packages: in each of them a byte is changed. It ends with
/// the test.
fn breaking_proxy() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            thread::spawn(move || pass_on(client));
        }
    });
    format!("http://{address}")
}

/// One request and its answer. apt is told to open a connection for each.
fn pass_on(mut client: TcpStream) -> Option<()> {
    let mut lines = BufReader::new(client.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    // GET http://HOST/PATH HTTP/1.1
    let uri = request
        .split(' ')
        .nth(1)?
        .strip_prefix("http://")?
        .to_owned();
    let (host, path) = uri.split_once('/')?;
    let headers: Vec<String> = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    let address = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let mut server = TcpStream::connect(address).ok()?;
    write!(server, "GET /{path} HTTP/1.1\r\nConnection: close\r\n").ok()?;
    for header in headers
        .iter()
        .filter(|header| !header.starts_with("Connection:"))
    {
        write!(server, "{header}\r\n").ok()?;
    }
    write!(server, "\r\n").ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).ok()?;
    if path.ends_with(".deb") {
        *answer.last_mut()? ^= 1;
    }
    client.write_all(&answer).ok()
}
